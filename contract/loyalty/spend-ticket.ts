import type { Reward } from '#contract/journal/kinds/loyalty.ts';
import type { Ticket, TicketLine } from '#contract/tickets/ticket.ts';
import type { NextGift } from './programme.ts';
import { columns, type FrameFacts, figures, framedTicket, giftTold, rule, standingLines } from './ticket-frame.ts';

/** The facts of a spending that its ticket shows. `points` is the change of the balance: negative. */
export type SpendTicketFacts = FrameFacts & {
  reward: Reward;
  points: number;
  balance: number;
  totalSpendMinor: number;
  nextGift: NextGift | null;
};

const words = {
  fr: { gift: 'CADEAU', money: 'REMISE', voucher: 'BON', spent: 'Points utilisés' },
  en: { gift: 'GIFT', money: 'MONEY OFF', voucher: 'VOUCHER', spent: 'Points spent' },
} as const;

/** Lays a spending out as a ticket: what was given, the points it took, what is left. */
export function spendTicket(facts: SpendTicketFacts): Ticket {
  const middle = [
    ...rewardLines(facts),
    columns(words[facts.language].spent, figures(facts).signed(facts.points)),
    rule,
    ...standingLines(facts),
  ];
  return framedTicket(facts, middle, giftTold(facts, facts.nextGift));
}

function rewardLines(facts: SpendTicketFacts): TicketLine[] {
  const { reward, language } = facts;
  const say = words[language];
  if (reward.kind === 'gift') return [columns(say.gift, reward.name[language])];
  const voucher = reward.voucher ? [columns(say.voucher, reward.voucher.name[language])] : [];
  return [...voucher, columns(say.money, figures(facts).amount(0 - reward.amountMinor))];
}
