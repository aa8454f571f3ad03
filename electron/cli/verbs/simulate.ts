import { parseAmount } from '#contract/money/index.ts';
import { done, type Outcome } from '../outcome.ts';
import { tillStateNow } from '../till-state.ts';
import type { Call, Verb } from '../verb.ts';

const usage = [
  'comptoir simulate card present [N] | card remove | card tear before|after',
  '| printer paper-out|ok|silent|cover-open|offline | register amount A | register raw TEXT | link down|up | clock shift SECONDS',
].join(' ');

export const simulate: Verb = {
  name: 'simulate',
  usage:
    'card present [N] | card remove | card tear before|after | printer paper-out|ok|silent | register amount A | link down|up | clock shift SECONDS',
  summary: {
    fr: 'joue avec les appareils simulés d’une démonstration ou de la caisse de formation',
    en: 'drives the simulated devices of a demonstration or training installation',
  },
  async run(call) {
    const [part = '', ...rest] = call.words;
    const hand = hands[part];
    return (hand && (await hand(call, rest))) ?? { status: 2, usage };
  },
};

const ok = (what: object): Outcome => done(what, JSON.stringify(what));
type Hand = (call: Call, words: string[]) => Promise<Outcome | null>;

const printerStates = ['ok', 'paper-out', 'cover-open', 'silent', 'offline'] as const;

const hands: Record<string, Hand> = {
  async card({ till }, [action, which]) {
    if (action === 'present') {
      const slot = Number(which ?? 1);
      if (!Number.isInteger(slot) || slot < 1 || slot > 20) return null;
      await till.simulate.card({ action, slot });
      return ok({ card: 'present', slot });
    }
    if (action === 'remove') {
      await till.simulate.card({ action });
      return ok({ card: 'removed' });
    }
    if (action !== 'tear' || (which !== 'before' && which !== 'after')) return null;
    await till.simulate.card({ action, when: which });
    return ok({ card: 'tear', when: which });
  },
  async printer({ till }, [wanted]) {
    const state = printerStates.find((known) => known === wanted);
    if (!state) return null;
    await till.simulate.printer({ state });
    return ok({ printer: state });
  },
  async register({ till }, [action, text = '']) {
    if (action === 'raw') {
      await till.simulate.register({ amountMinor: 0, raw: text });
      return ok({ register: 'raw' });
    }
    if (action !== 'amount' || !/^\d+([.,]\d+)?$/.test(text)) return null;
    const { currency } = await tillStateNow(till);
    const parsed = parseAmount(text, currency);
    // A register may send any figure: what is no amount goes out as it was typed, for the till to refuse.
    const amountMinor = parsed.ok ? parsed.value : Number(text.replace(/[.,]/, ''));
    await till.simulate.register({ amountMinor });
    return ok({ register: 'amount', amountMinor });
  },
  async link({ till }, [state]) {
    if (state !== 'up' && state !== 'down') return null;
    await till.simulate.link({ state });
    return ok({ link: state });
  },
  async clock({ till }, [action, seconds]) {
    const shiftSeconds = Number(seconds);
    if (action !== 'shift' || !Number.isInteger(shiftSeconds)) return null;
    await till.simulate.clock({ shiftSeconds });
    return ok({ clock: 'shifted', shiftSeconds });
  },
};
