import { cardExchange } from './card-exchange.ts';
import type { Bench } from './row.ts';
import { screensSize } from './screens-size.ts';

/** Every figure, in the report's order. */
export const benches: readonly Bench[] = [cardExchange, screensSize];
