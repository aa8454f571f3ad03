import { takingsMinor } from '#contract/counter/figures.ts';
import type { SealedEntry } from '#contract/journal/entry.ts';
import type { JournalLine, JournalReport } from '#contract/till/index.ts';
import type { JournalReader } from '../store/index.ts';
import { verifyStore } from '../store/verify.ts';

type Page = { before: { epoch: number; seq: number } | null; limit: number; kinds?: string[] | undefined };

/** A page of the journal, newest first, as a list shows it. */
export function journalPage(reader: JournalReader, page: Page) {
  const sent = reader.acknowledged()?.head ?? null;
  return {
    entries: reader.list(page).map((sealed) => journalLine(sealed, sent)),
    total: reader.total(),
    head: reader.head(),
  };
}

export function journalLine({ entry, hash }: SealedEntry, sent: { epoch: number; seq: number } | null): JournalLine {
  const { epoch, seq, intention, kind, staff, wallTime } = entry;
  const isSent = sent !== null && (epoch < sent.epoch || (epoch === sent.epoch && seq <= sent.seq));
  return {
    entry: `${epoch}-${seq}`,
    epoch,
    seq,
    intention,
    kind,
    staff,
    wallTime,
    hash,
    sent: isSent,
    ...figures(entry),
  };
}

type Figures = Pick<JournalLine, 'amountMinor' | 'points' | 'balance' | 'cardNumber' | 'detail'>;
const none: Figures = { amountMinor: null, points: null, balance: null, cardNumber: null, detail: null };

function figures(entry: SealedEntry['entry']): Figures {
  switch (entry.kind) {
    case 'loyalty.sale': {
      const { amountMinor, points, balance, cardNumber, ticketNumber } = entry.body;
      return { amountMinor, points, balance, cardNumber, detail: ticketNumber };
    }
    case 'loyalty.spend': {
      const { reward, points, balance, cardNumber, ticketNumber } = entry.body;
      const amountMinor = reward.kind === 'money' ? reward.amountMinor : null;
      return { amountMinor, points, balance, cardNumber, detail: ticketNumber };
    }
    case 'loyalty.reversal': {
      const { amountMinor, points, cardNumber, ticketNumber } = entry.body;
      return { ...none, amountMinor: 0 - amountMinor, points, cardNumber, detail: ticketNumber };
    }
    case 'loyalty.refused': {
      const { operation, amountMinor, cardNumber, reason } = entry.body;
      const asked = operation === 'spend' ? { points: 0 - amountMinor } : { amountMinor };
      return { ...none, ...asked, cardNumber, detail: reason };
    }
    case 'card.issued':
      return { ...none, points: entry.body.points, balance: entry.body.balance, cardNumber: entry.body.cardNumber };
    case 'card.blocked':
      return { ...none, cardNumber: entry.body.cardNumber, detail: entry.body.reason };
    case 'card.replaced':
      return { ...none, points: entry.body.points, cardNumber: entry.body.toCard, detail: entry.body.fromCard };
    case 'card.pin':
      return { ...none, cardNumber: entry.body.cardNumber, detail: entry.body.what };
    case 'purse.topped-up':
    case 'purse.paid':
    case 'purse.refunded':
    case 'credit.drawn':
    case 'credit.repaid': {
      const { amountMinor, cardNumber, ticketNumber } = entry.body;
      return { ...none, amountMinor, cardNumber, detail: ticketNumber };
    }
    case 'attendance.clocked':
      return { ...none, detail: entry.body.direction };
    case 'day.opened':
      return { ...none, amountMinor: entry.body.floatMinor, detail: entry.body.day };
    case 'day.read':
    case 'day.closed':
      return { ...none, amountMinor: takingsMinor(entry.body.totals), detail: entry.body.ticketNumber };
    case 'drawer.opened':
      return { ...none, detail: entry.body.reason };
    case 'cash.moved':
      return { ...none, amountMinor: entry.body.amountMinor, detail: entry.body.reason };
    case 'card.outcome':
      return { ...none, cardNumber: entry.body.cardNumber, detail: entry.body.outcome };
    case 'ticket.copy':
      return { ...none, detail: entry.body.ticketNumber };
    case 'ticket.outcome':
      return { ...none, detail: entry.body.outcome };
    default:
      return none;
  }
}

/** Recomputes the whole journal; a file that cannot be read as one is a fault too. */
export async function verifiedJournal(path: string, serverPublicKey: string | null): Promise<JournalReport> {
  const report = await verifyStore(path, { serverPublicKey });
  if (report.ok) return report.value;
  return { entries: 0, head: null, faults: [{ epoch: 0, seq: 0, what: report.error.type }] };
}
