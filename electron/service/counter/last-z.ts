import type { Settings } from '../store/index.ts';

const key = 'last-z';

/** A Z's number that is known to be given though this journal does not have it: the store is an older copy, put back. */
export interface LastZ {
  /** 0: none. */
  known(): number;
  /** It only ever rises. A disk that refuses shows at the next entry; the number is told again at the next start. */
  keep(number: number): void;
}

export function lastZOn(settings: Pick<Settings, 'get' | 'set'>): LastZ {
  const known = (): number => {
    const kept = settings.get(key);
    return typeof kept === 'number' ? kept : 0;
  };
  return {
    known,
    keep(number) {
      if (number > known()) settings.set(key, number);
    },
  };
}
