/** What one reader still has to be given. A reader that falls too far behind is let go: it comes back and reads the list anew. */
export class LiveQueue<T> implements AsyncIterableIterator<T> {
  readonly #limit: number;
  readonly #onClose: () => void;
  #items: T[] = [];
  #waiting: ((result: IteratorResult<T>) => void) | null = null;
  #closed = false;

  constructor(limit: number, onClose: () => void) {
    this.#limit = limit;
    this.#onClose = onClose;
  }

  push(item: T): void {
    if (this.#closed) return;
    if (this.#waiting) {
      this.#waiting({ done: false, value: item });
      this.#waiting = null;
    } else if (this.#items.length < this.#limit) this.#items.push(item);
    else this.close();
  }

  /** No more will come; what waits is still given out. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#waiting?.({ done: true, value: undefined });
    this.#waiting = null;
    this.#onClose();
  }

  next(): Promise<IteratorResult<T>> {
    const item = this.#items.shift();
    if (item !== undefined) return Promise.resolve({ done: false, value: item });
    if (this.#closed) return Promise.resolve({ done: true, value: undefined });
    return new Promise((resolve) => {
      this.#waiting = resolve;
    });
  }

  return(): Promise<IteratorResult<T>> {
    this.#items = [];
    this.close();
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
