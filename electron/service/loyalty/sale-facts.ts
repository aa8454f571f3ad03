import type { EntryBody } from '#contract/journal/kinds.ts';
import { saleTicket } from '#contract/loyalty/sale-ticket.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import { PREVIEW_COLUMNS, previewLines } from '#contract/tickets/layout.ts';
import type { Ticket } from '#contract/tickets/ticket.ts';
import { type TillError, tillError } from '#contract/till/errors.ts';
import type { SaleResult } from '#contract/till/loyalty.ts';
import type { LoyaltyParts } from './parts.ts';

/** A sale as it stands in the journal, and what became of its card write so far. */
export type SaleFacts = {
  entry: { epoch: number; seq: number; intention: string; wallMs: number };
  body: EntryBody<'loyalty.sale'>;
  ticket: Ticket;
  cardPending: boolean;
  exchanges: number;
  tapToResultMs: number;
};

/** Reads a sale back from the journal: the answer is made of what is durable. Errors: EntryNotFound, NotEnrolled. */
export function recordedSale(
  parts: LoyaltyParts,
  intention: string,
  write: { cardPending: boolean; exchanges: number; tapToResultMs: number },
  copy = 0,
): Result<SaleFacts, TillError> {
  const shop = parts.shop();
  if (!shop) return err(tillError('NotEnrolled'));
  const act = parts.reader.act(intention);
  if (act?.entry.kind !== 'loyalty.sale') return err(tillError('EntryNotFound', { entry: intention }));
  const { epoch, seq, body, staff, wallTime } = act.entry;
  const wallMs = Date.parse(wallTime);
  const ticket = saleTicket({
    ...body,
    language: shop.ticketLanguage,
    timeZone: parts.timeZone,
    shop: { name: shop.name, address: shop.address },
    till: shop.till,
    staff: shortName(parts.feed.staffMember(staff ?? '')?.name ?? staff ?? ''),
    wallMs,
    cardPending: write.cardPending,
    copy,
  });
  return ok({ entry: { epoch, seq, intention, wallMs }, body, ticket, ...write });
}

/** `Awa Koné` signs as `Awa K.` on what the customer takes away. */
function shortName(name: string): string {
  const [first, ...rest] = name.split(' ');
  const last = rest.at(-1);
  return last ? `${first} ${last[0]}.` : name;
}

/** What the screens and the command are told of a sale. */
export function saleResult(sale: SaleFacts): SaleResult {
  const { body, entry } = sale;
  const preview = previewLines(sale.ticket, PREVIEW_COLUMNS);
  return {
    entry: `${entry.epoch}-${entry.seq}`,
    seq: entry.seq,
    intention: entry.intention,
    cardNumber: body.cardNumber,
    amountMinor: body.amountMinor,
    currency: body.currency,
    points: body.points,
    previousBalance: body.balance - body.points,
    balance: body.balance,
    totalSpendMinor: body.totalSpendMinor,
    lastVisitMs: body.lastVisitMs,
    nextGift: body.nextGift,
    ticketNumber: body.ticketNumber,
    ticket: { lines: preview.map(({ text }) => text), styles: preview.map(({ style }) => style) },
    card: sale.cardPending ? 'unknown' : 'applied',
    exchanges: sale.exchanges,
    tapToResultMs: sale.tapToResultMs,
  };
}
