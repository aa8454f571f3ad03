/** Tells its listeners that something is different now; they look for themselves at what. */
export type Changes = { subscribe(listener: () => void): () => void; tell(): void };

export function createChanges(): Changes {
  const listeners = new Set<() => void>();
  return {
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    tell: () => {
      for (const listener of [...listeners]) listener();
    },
  };
}
