import { errors } from './fr/errors.ts';
import { lamps } from './fr/lamps.ts';
import { office } from './fr/office.ts';
import { till } from './fr/till.ts';

/** Everything the product says in French. */
export const fr = { errors, lamps, till, office };
