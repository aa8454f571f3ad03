import { errors } from './en/errors.ts';
import { lamps } from './en/lamps.ts';
import { office } from './en/office.ts';
import { till } from './en/till.ts';
import type { fr } from './fr.ts';

/** Everything the product says in English: the same shape as the French, checked by the compiler. */
export const en: typeof fr = { errors, lamps, till, office };
