import { withCardPin } from '../card-pin.ts';
import { operationOutcome } from '../operation-outcome.ts';
import { timeoutMs } from '../options.ts';
import type { Options, Verb } from '../verb.ts';

const usage = '--points N|--gift ID [--pin-stdin] [--intention UUID] [--timeout SECONDS]';
const mostPoints = 8_388_607;

/** A gift, or so many points as money; null: neither, both, or no number. */
function wished({ points, gift }: Options) {
  if (typeof gift === 'string' && points === undefined) return { kind: 'gift' as const, gift };
  const many = /^\d{1,7}$/.test(String(points ?? '')) ? Number(points) : 0;
  return gift === undefined && many >= 1 && many <= mostPoints ? { kind: 'points' as const, points: many } : null;
}

export const spend: Verb = {
  name: 'spend',
  usage,
  summary: {
    fr: 'un cadeau, ou des points en argent ; attend la carte, et le code du porteur s’il y en a un',
    en: 'a gift, or points as money; waits for the card, and for the cardholder’s PIN where one is set',
  },
  options: { points: { type: 'string' }, gift: { type: 'string' } },
  actsAs: 'cashier',
  async run(call) {
    const what = wished(call.options);
    if (!what) return { status: 2, usage: `comptoir spend ${usage}` };
    const order = {
      intention: String(call.options.intention ?? call.uuid()),
      what,
      source: 'command' as const,
      approval: null,
      useCardAsItLies: true,
      timeoutMs: timeoutMs(call.options),
    };
    return withCardPin(call, async (pin) => operationOutcome(call, await call.till.loyalty.spend({ ...order, pin })));
  },
};
