import type { Ticket, TicketLine } from '#contract/tickets/ticket.ts';
import type { NextGift } from './programme.ts';
import {
  center,
  columns,
  type FrameFacts,
  figures,
  framedTicket,
  giftTold,
  rule,
  standingLines,
} from './ticket-frame.ts';

/** The facts of a loyalty sale that its ticket shows (T7, T8). */
export type SaleTicketFacts = FrameFacts & {
  amountMinor: number;
  /** Of the amount, what earned nothing. */
  excludedMinor?: number | undefined;
  points: number;
  extras?: readonly { what: 'welcome' | 'birthday' | 'expired'; points: number }[] | undefined;
  balance: number;
  totalSpendMinor: number;
  nextGift: NextGift | null;
};

const words = {
  fr: {
    purchase: 'ACHAT',
    excluded: 'Dont sans points',
    earned: 'Points gagnés',
    welcome: 'Bienvenue',
    birthday: 'Anniversaire',
    expired: 'Points expirés',
    pending: 'Points gardés, écrits sur la carte à son prochain passage',
  },
  en: {
    purchase: 'PURCHASE',
    excluded: 'Of which without points',
    earned: 'Points earned',
    welcome: 'Welcome',
    birthday: 'Birthday',
    expired: 'Points expired',
    pending: 'Points kept, written to the card at its next tap',
  },
} as const;

/** Lays the facts of a sale out as a ticket: shop, time, amount, nature, points, balance, total, distance to the gift. */
export function saleTicket(facts: SaleTicketFacts): Ticket {
  const say = words[facts.language];
  const { amount, signed } = figures(facts);
  const extras = facts.extras ?? [];
  const besides = extras.reduce((sum, { points }) => sum + points, 0);
  const earned = facts.points - besides;
  const excluded: TicketLine[] = facts.excludedMinor ? [columns(say.excluded, amount(facts.excludedMinor))] : [];
  const middle = [
    columns(say.purchase, amount(facts.amountMinor)),
    ...excluded,
    columns(say.earned, earned === 0 ? '+0' : signed(earned)),
    ...extras.map(({ what, points }) => columns(say[what], signed(points))),
    rule,
    ...standingLines(facts),
  ];
  const pending = facts.cardPending ? [center(say.pending)] : [];
  return framedTicket(facts, middle, [...pending, ...giftTold(facts, facts.nextGift)]);
}
