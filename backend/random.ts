/** A source of unpredictable bytes; `compose.ts` hands in the system's. */
export type Random = (length: number) => Buffer;
