import { type DrawerReason, drawerReasons } from '#contract/journal/kinds/day.ts';
import { formatAmount, parseAmount } from '#contract/money/index.ts';
import type { DayClosed, DayRead } from '#contract/till/counter.ts';
import { tillError } from '#contract/till/errors.ts';
import { describeError } from '#resources/locales/describe.ts';
import { done, type Outcome, refused } from '../outcome.ts';
import { tillStateNow } from '../till-state.ts';
import type { Call, Verb } from '../verb.ts';

const intentionOf = ({ options, uuid }: Call) => String(options.intention ?? uuid());

/** A sum of cash as it was typed, zero included, in the till's currency. */
async function cashOf(call: Call, option: string): Promise<{ minor: number } | Outcome> {
  const text = String(call.options[option] ?? '');
  if (/^0+([.,]0*)?$/.test(text)) return { minor: 0 };
  const { currency } = await tillStateNow(call.till);
  const amount = parseAmount(text, currency);
  if (amount.ok) return { minor: amount.value };
  const { type, ...facts } = amount.error;
  return refused(tillError(type, facts));
}

export const dayOpen: Verb = {
  name: 'day open',
  usage: '--float A [--intention UUID]',
  summary: {
    fr: 'ouvre la journée avec son fond de caisse',
    en: 'opens the day with its float',
  },
  options: { float: { type: 'string' } },
  needs: ['float'],
  actsAs: 'cashier',
  async run(call) {
    const float = await cashOf(call, 'float');
    if (!('minor' in float)) return float;
    const opened = await call.till.day.open({ intention: intentionOf(call), floatMinor: float.minor });
    return done(opened, opened.day);
  },
};

export const closeX: Verb = {
  name: 'close x',
  usage: '[--no-print] [--intention UUID]',
  summary: {
    fr: 'X : les totaux du jour, sans clore',
    en: 'X: the totals of the day so far, nothing is closed',
  },
  options: { 'no-print': { type: 'boolean' } },
  actsAs: 'cashier',
  async run(call) {
    const read = await call.till.day.x({ intention: intentionOf(call), print: call.options['no-print'] !== true });
    return reported(call, read);
  },
};

export const closeZ: Verb = {
  name: 'close z',
  usage: '--counted A [--reason TEXT] [--intention UUID]',
  summary: {
    fr: 'Z : clôture la journée, avec les espèces comptées et la raison d’un écart',
    en: 'Z: closes the day, with the cash that was counted and the reason for a difference',
  },
  options: { counted: { type: 'string' }, reason: { type: 'string' } },
  needs: ['counted'],
  actsAs: 'cashier',
  async run(call) {
    const counted = await cashOf(call, 'counted');
    if (!('minor' in counted)) return counted;
    const reason = typeof call.options.reason === 'string' ? call.options.reason : null;
    const closed = await call.till.day.close({ intention: intentionOf(call), countedCashMinor: counted.minor, reason });
    return reported(call, closed);
  },
};

/** A day's figures for scripts (`totals`: one line per trade and operation) and its paper for a person. */
function reported(call: Call, report: DayRead | DayClosed): Outcome {
  const { totals, ...rest } = report;
  const value = { ...rest, totals: totals.lines, cash: totals.cash, entries: totals.entries };
  const unknown = report.print === 'unknown';
  const { ticketNumber } = report;
  if (unknown) return refused(tillError('PrintUnknown', { ticketNumber }), value);
  const warning = report.why ? describeError(call.language, report.why).message : null;
  return done(value, [...report.ticket.lines, ...(warning ? ['', warning] : [])].join('\n'));
}

export const drawerOpen: Verb = {
  name: 'drawer open',
  usage: `--reason ${drawerReasons.join('|')} [--note TEXT] [--intention UUID]`,
  summary: {
    fr: 'ouvre le tiroir ; la raison est enregistrée avant',
    en: 'opens the drawer; the reason is on record first',
  },
  options: { reason: { type: 'string' }, note: { type: 'string' } },
  needs: ['reason'],
  actsAs: 'manager',
  async run(call) {
    const reason = drawerReasons.find((known) => known === call.options.reason) as DrawerReason | undefined;
    if (!reason) return { status: 2, usage: `comptoir drawer open --reason ${drawerReasons.join('|')}` };
    const note = typeof call.options.note === 'string' ? call.options.note : null;
    const opened = await call.till.drawer.open({ intention: intentionOf(call), reason, note });
    return done(opened, opened.entry);
  },
};

export const drawerMove: Verb = {
  name: 'drawer move',
  usage: '--amount A --out|--in --reason TEXT [--intention UUID]',
  summary: {
    fr: 'met des espèces dans le tiroir, ou en retire',
    en: 'puts cash into the drawer, or takes it out',
  },
  options: {
    amount: { type: 'string' },
    in: { type: 'boolean' },
    out: { type: 'boolean' },
    reason: { type: 'string' },
  },
  needs: ['amount', 'reason'],
  actsAs: 'manager',
  async run(call) {
    const { options } = call;
    if ((options.in === true) === (options.out === true))
      return { status: 2, usage: 'comptoir drawer move --in|--out' };
    const amount = await cashOf(call, 'amount');
    if (!('minor' in amount)) return amount;
    if (amount.minor === 0) return refused(tillError('AmountZero'));
    const amountMinor = options.in ? amount.minor : 0 - amount.minor;
    const moved = await call.till.drawer.move({
      intention: intentionOf(call),
      amountMinor,
      reason: String(options.reason),
    });
    const { currency } = await tillStateNow(call.till);
    return done(moved, formatAmount(moved.amountMinor, currency, call.language));
  },
};
