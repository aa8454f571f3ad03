/**
 * A status other than success, on its way out of the card model. Thrown from any depth and caught in one place:
 * inside the card an error has one meaning everywhere, it ends the command and the authentication.
 */
export class Refusal extends Error {
  readonly status: number;
  constructor(status: number) {
    super(`status ${status.toString(16)}`);
    this.status = status;
  }
}

export const refuseUnless = (condition: boolean, status: number): void => {
  if (!condition) throw new Refusal(status);
};
