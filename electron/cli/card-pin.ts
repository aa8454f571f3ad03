import { ORPCError } from '@orpc/client';
import { TillError } from '#contract/till/errors.ts';
import type { Outcome } from './outcome.ts';
import type { Call } from './verb.ts';

/** Acts, and where the card turns out to have a PIN asks for it and acts once more, with the same intention. */
export async function withCardPin(call: Call, act: (pin: string | null) => Promise<Outcome>): Promise<Outcome> {
  try {
    return await act(null);
  } catch (thrown) {
    const canAsk = call.options['pin-stdin'] === true || process.stdin.isTTY;
    if (!canAsk || !asksForPin(thrown)) throw thrown;
    return act(await call.secrets.ask(call.language === 'fr' ? 'code de la carte' : 'card'));
  }
}

/** A card that has no PIN where the shop wants one cannot be helped by typing one. */
function asksForPin(thrown: unknown): boolean {
  if (!(thrown instanceof ORPCError) || thrown.code !== 'REFUSED') return false;
  const error = TillError.safeParse(thrown.data);
  return error.success && error.data.type === 'PinRequired' && error.data.facts?.notSet !== true;
}
