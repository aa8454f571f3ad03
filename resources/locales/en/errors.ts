import type { errors as french } from '../fr/errors.ts';
import { cardsErrors } from './errors-cards.ts';
import { counterErrors } from './errors-counter.ts';
import { devicesErrors } from './errors-devices.ts';
import { serviceErrors } from './errors-service.ts';

export const errors: typeof french = { ...counterErrors, ...cardsErrors, ...devicesErrors, ...serviceErrors };
