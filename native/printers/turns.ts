/** One at a time on a port. Returns null, at once and without running the task, when too many wait already. */
export type Turns = <T>(task: () => Promise<T>) => Promise<T> | null;

export function createTurns(waitingMax: number): Turns {
  let waiting = 0;
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    if (waiting >= waitingMax) return null;
    waiting++;
    const turn = last.then(task).finally(() => {
      waiting--;
    });
    last = turn.catch(() => undefined);
    return turn;
  };
}
