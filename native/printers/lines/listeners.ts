/** The listeners of one event. A listener may leave while it is being called. */
export type Listeners<T> = { add(listener: (value: T) => void): () => void; tell(value: T): void };

export function createListeners<T>(): Listeners<T> {
  const all = new Set<(value: T) => void>();
  return {
    add(listener) {
      const own = (value: T) => listener(value);
      all.add(own);
      return () => void all.delete(own);
    },
    tell(value) {
      for (const listener of [...all]) listener(value);
    },
  };
}
