import { measureExchange } from './pcsc-exchange.ts';
import { type Bench, row } from './row.ts';

/** Our time of one exchange with a card against a bare loop on the same reader. */
export const cardExchange: Bench = {
  ids: ['card-exchange'],
  async rows() {
    const { ours_ns, bare_ns, bare_sync_ns, n } = await measureExchange();
    const note = `median of ${n}, on a real pcscd and a virtual card; reference: a bare koffi loop (a blocking one takes ${(bare_sync_ns / 1000).toFixed(0)} µs)`;
    const figures = { value: ours_ns / 1000, unit: 'µs', reference: bare_ns / 1000 };
    return [row({ id: 'card-exchange', ...figures, goal: { ratioAtMost: 1.3 }, note })];
  },
};
