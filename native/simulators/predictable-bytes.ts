/** Bytes in place of random ones, the same in every run: for tests and recorded traces, never for a card that counts. */
export const predictableBytes = (seed = 7): ((length: number) => Uint8Array) => {
  let next = seed;
  return (length) =>
    Uint8Array.from({ length }, () => {
      next = (next * 73 + 41) % 251;
      return next;
    });
};
