import { errors } from './fr/errors.ts';
import { lamps } from './fr/lamps.ts';

/** Everything the product says in French. */
export const fr = { errors, lamps };
