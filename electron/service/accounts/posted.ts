import { accountTicket } from '#contract/accounts/account-ticket.ts';
import { type AccountKind, accountEffects, actOfKind } from '#contract/accounts/effects.ts';
import { accountFactsOf } from '#contract/accounts/ticket-facts.ts';
import type { JournalEntry } from '#contract/journal/entry.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import { finishTicket } from '#contract/tickets/finish.ts';
import { ticketPreview } from '#contract/tickets/layout.ts';
import type { Ticket } from '#contract/tickets/ticket.ts';
import type { AccountResult } from '#contract/till/accounts.ts';
import { type TillError, tillError } from '#contract/till/errors.ts';
import type { Acting } from '../acting.ts';
import { staffName } from '../counter/on-paper.ts';
import type { ShopAtTill } from '../loyalty/parts.ts';
import { ticketLanguage } from '../loyalty/ticket-language.ts';
import { printCopy, type Reprinted } from '../papers/print-copy.ts';
import { printOnRecord, printPaper } from '../papers/print-paper.ts';
import type { AccountPaperParts } from './parts.ts';

type Posted = { entry: JournalEntry<AccountKind>; shop: ShopAtTill };

function postedAt(parts: AccountPaperParts, intention: string): Posted | null {
  const entry = parts.reader.act(intention)?.entry;
  const shop = parts.shop();
  return entry && shop && actOfKind(entry.kind) ? { entry: entry as JournalEntry<AccountKind>, shop } : null;
}

/** Made of its entry alone, with its signed QR. @param copy 0 for the first print */
function ticketOf(parts: AccountPaperParts, { entry, shop }: Posted, copy: number): Ticket {
  const act = actOfKind(entry.kind)!;
  const { body } = entry;
  const inCash = accountEffects[act].counter === 'shop:cash' && !('tender' in body && body.tender === 'other');
  const laidOut = accountTicket({
    ...body,
    language: ticketLanguage(parts.feed, shop, body.cardNumber),
    timeZone: parts.timeZone,
    shop,
    till: shop.till,
    staff: staffName(parts, entry.staff),
    wallMs: Date.parse(entry.wallTime),
    act,
    inCash,
    copy,
  });
  return finishTicket(laidOut, parts.mark(accountFactsOf(entry, copy)));
}

/** The paper of an entry that is durable already; the drawer opens with it where cash changes hands. */
export async function printAccount(parts: AccountPaperParts, acting: Acting, intention: string): Promise<void> {
  const posted = postedAt(parts, intention);
  if (!posted) return;
  const { ticketNumber } = posted.entry.body;
  await printPaper(parts, acting, { intention, ticketNumber, copy: 0 }, ticketOf(parts, posted, 0));
}

/**
 * Prints an act's ticket once more, marked and counted. Null: the intention is of no such act.
 * Errors: IntentionReused, DiskFull.
 */
export async function reprintAccount(
  parts: AccountPaperParts,
  acting: Acting,
  { intention, sale }: { intention: string; sale: string },
): Promise<Result<Reprinted, TillError> | null> {
  const posted = postedAt(parts, sale);
  if (!posted) return null;
  const { ticketNumber } = posted.entry.body;
  return printCopy(parts, acting, { intention, ticketNumber }, (copy) => ticketOf(parts, posted, copy));
}

/** What the screens and the command are told, made of what is durable: the first time, and each time after it. */
export function accountResult(parts: AccountPaperParts, intention: string): Result<AccountResult, TillError> {
  const posted = postedAt(parts, intention);
  if (!posted) return err(tillError('EntryNotFound', { entry: intention }));
  const { entry } = posted;
  const { cardNumber, amountMinor, currency, balanceMinor, ticketNumber } = entry.body;
  return ok({
    entry: `${entry.epoch}-${entry.seq}`,
    seq: entry.seq,
    intention,
    act: actOfKind(entry.kind)!,
    cardNumber,
    amountMinor,
    currency,
    balanceMinor,
    ticketNumber,
    ticket: ticketPreview(ticketOf(parts, posted, 0)),
    ...printOnRecord(parts, intention),
  });
}
