import { accountTicket } from '#contract/accounts/account-ticket.ts';
import { type AccountKind, accountEffects, actOfKind } from '#contract/accounts/effects.ts';
import type { JournalEntry } from '#contract/journal/entry.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import { ticketPreview } from '#contract/tickets/layout.ts';
import type { Ticket } from '#contract/tickets/ticket.ts';
import type { AccountResult } from '#contract/till/accounts.ts';
import { type TillError, tillError } from '#contract/till/errors.ts';
import { staffName } from '../counter/on-paper.ts';
import type { CounterParts } from '../counter/parts.ts';
import { printOf, printOnRecord } from '../counter/print-counter.ts';
import type { Acting, ShopAtTill } from '../loyalty/parts.ts';

type Posted = { entry: JournalEntry<AccountKind>; shop: ShopAtTill };

function postedAt(parts: CounterParts, intention: string): Posted | null {
  const entry = parts.reader.act(intention)?.entry;
  const shop = parts.shop();
  return entry && shop && actOfKind(entry.kind) ? { entry: entry as JournalEntry<AccountKind>, shop } : null;
}

/** Made of its entry alone. */
function ticketOf(parts: CounterParts, { entry, shop }: Posted): Ticket {
  const act = actOfKind(entry.kind)!;
  const { body } = entry;
  const inCash = accountEffects[act].counter === 'shop:cash' && !('tender' in body && body.tender === 'other');
  return accountTicket({
    ...body,
    language: shop.ticketLanguage,
    timeZone: parts.timeZone,
    shop,
    till: shop.till,
    staff: staffName(parts, entry.staff),
    atMs: Date.parse(entry.wallTime),
    act,
    inCash,
  });
}

/** The paper of an entry that is durable already; the drawer opens with it where cash changes hands. */
export async function printAccount(parts: CounterParts, acting: Acting, intention: string): Promise<void> {
  const posted = postedAt(parts, intention);
  if (!posted) return;
  const { ticketNumber } = posted.entry.body;
  await printOf(parts, acting, { intention, ticketNumber }, ticketOf(parts, posted));
}

/** What the screens and the command are told, made of what is durable: the first time, and each time after it. */
export function accountResult(parts: CounterParts, intention: string): Result<AccountResult, TillError> {
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
    ticket: ticketPreview(ticketOf(parts, posted)),
    ...printOnRecord(parts, intention),
  });
}
