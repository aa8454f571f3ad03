import type { OfficeCase } from '#contract/central/office-cards.ts';
import { CurrencyCode } from '#contract/money/index.ts';
import type { useCardWords } from '../cards/words.ts';

type Words = ReturnType<typeof useCardWords>;
type Line = { id: string; text: string };
type Facts = Readonly<Record<string, unknown>>;

const isFacts = (value: unknown): value is Facts => typeof value === 'object' && value !== null;
const factOf = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? value : null);
const figure = (value: unknown): number => (typeof value === 'number' ? value : 0);

/** Evidence in a person's words, each record once. What is not understood here stays in the server's copy and is not shown. */
export function evidenceLines({ evidence }: OfficeCase, words: Words): Line[] {
  const lines = evidence.flatMap((facts) => linesOf(facts, words));
  return [...new Map(lines.map((line) => [line.id, line])).values()];
}

function linesOf(facts: Facts, { t, say, signed, integer, moment, amount, number }: Words): Line[] {
  const { cases } = t;
  const id = String(facts.intention ?? '');
  if (typeof facts.saidAt === 'string') {
    const { shop, till, toCard } = facts;
    const said = { shop: factOf(shop), till: factOf(till), when: moment(facts.saidAt) };
    if (typeof toCard !== 'string') return [{ id, text: say(cases.saidBy, said) }];
    return [{ id, text: say(cases.saidTo, { ...said, number: number(toCard) }) }];
  }
  if (Array.isArray(facts.given)) {
    return facts.given.filter(isFacts).map((bonus) => {
      const said = {
        ticket: factOf(bonus.ticket),
        when: moment(String(bonus.at)),
        points: signed(figure(bonus.points)),
      };
      const { cardNumber, ticket, intention } = bonus;
      if (typeof cardNumber !== 'string') return { id: String(intention), text: say(cases.bonus, said) };
      const where = ticket === null ? cases.bonusAtIssue : cases.bonusOnCard;
      return { id: String(intention), text: say(where, { ...said, number: number(cardNumber) }) };
    });
  }
  if (Array.isArray(facts.records)) {
    return facts.records.filter(isFacts).map((record) => ({
      id: `${record.counter} ${record.intention}`,
      text: say(cases.record, {
        counter: integer(figure(record.counter)),
        points: signed(figure(record.points)),
        balance: integer(figure(record.balance)),
      }),
    }));
  }
  const points = signed(figure(facts.points));
  if ('ledgerBalance' in facts) {
    return [{ id, text: say(cases.spending, { points, balance: integer(figure(facts.ledgerBalance)) }) }];
  }
  const currency = CurrencyCode.safeParse(facts.currency);
  if ('backPoints' in facts && currency.success) {
    const money = (minor: unknown) => amount(figure(minor), currency.data);
    const purchase = say(cases.refunded, { of: money(facts.ofMinor), back: money(facts.backMinor) });
    const spending = say(cases.givenBack, {
      points: signed(figure(facts.ofPoints)),
      back: signed(figure(facts.backPoints)),
    });
    return [{ id, text: figure(facts.ofMinor) > 0 ? purchase : spending }];
  }
  if ('figureMinor' in facts) {
    const said = ['amountMinor', 'figureMinor', 'currency', 'releasedBy', 'reason'] as const;
    return [{ id, text: say(cases.usedLate, Object.fromEntries(said.map((name) => [name, factOf(facts[name])]))) }];
  }
  if ('points' in facts) return [{ id, text: say(cases.moved, { points }) }];
  const lineOf = ({ seq, epoch, wallTime }: Facts): Line => ({
    id: `${epoch}-${seq}`,
    text: say(cases.entry, { seq: integer(figure(seq)), when: moment(String(wallTime)) }),
  });
  if (Array.isArray(facts.clock)) {
    const step = say(cases.clockBack, { minutes: Math.round(figure(facts.backMs) / 60_000) });
    return [...facts.clock.filter(isFacts).map(lineOf), { id: 'step', text: step }];
  }
  return isFacts(facts.entry) ? [lineOf(facts.entry)] : [];
}
