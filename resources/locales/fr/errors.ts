import type { ErrorWords } from '../words.ts';
import { cardsErrors } from './errors-cards.ts';
import { counterErrors } from './errors-counter.ts';
import { devicesErrors } from './errors-devices.ts';
import { serviceErrors } from './errors-service.ts';

/** What happened · what it means for the money and the card · what to do. See ../fill.ts for `[…]` and `{…}`. */
export const errors = { ...counterErrors, ...cardsErrors, ...devicesErrors, ...serviceErrors } satisfies ErrorWords;
