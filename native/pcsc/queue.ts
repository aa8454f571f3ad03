export interface Queue {
  /** Runs `task` after all earlier ones have ended; `undefined` when the queue is full. A task's failure is its caller's alone. */
  run<T>(task: () => Promise<T>): Promise<T | undefined>;
  /** Resolves when everything queued so far has ended. */
  idle(): Promise<void>;
}

/** One at a time, first come first served, at most `limit` waiting or running. */
export function createQueue(limit: number): Queue {
  let tail: Promise<unknown> = Promise.resolve();
  let length = 0;
  return {
    run(task) {
      if (length >= limit) return Promise.resolve(undefined);
      length++;
      const turn = tail.then(task).finally(() => {
        length--;
      });
      tail = turn.catch(() => undefined);
      return turn;
    },
    async idle() {
      await tail;
    },
  };
}
