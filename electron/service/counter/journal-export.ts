import { pipeline, Readable } from 'node:stream';
import { crc32, createDeflateRaw } from 'node:zlib';
import { localDayIn } from '#contract/counter/local-day.ts';
import type { CurrencyCode, Language } from '#contract/money/index.ts';
import type { ExportFormat, Report } from '#contract/reports/columns.ts';
import { exported } from '#contract/reports/export.ts';
import type { ZipTools } from '#contract/reports/xlsx/zip.ts';
import type { JournalLine } from '#contract/till/index.ts';
import type { JournalFilePiece } from '#contract/till/journal-export.ts';
import type { JournalReader } from '../store/index.ts';
import { journalLine } from './journal-view.ts';

/** Read at a stretch, before whoever waits at the counter has a turn. */
const batchEntries = 200;

export const journalReport: Report<JournalLine> = {
  name: { fr: 'Journal', en: 'Journal' },
  columns: [
    { key: 'entry', label: { fr: 'Écriture', en: 'Entry' }, kind: 'text' },
    { key: 'wallTime', label: { fr: 'Date', en: 'Date' }, kind: 'date' },
    { key: 'kind', label: { fr: 'Nature', en: 'Kind' }, kind: 'text' },
    { key: 'detail', label: { fr: 'Détail', en: 'Detail' }, kind: 'text' },
    { key: 'cardNumber', label: { fr: 'Carte', en: 'Card' }, kind: 'card' },
    { key: 'staff', label: { fr: 'Par', en: 'By' }, kind: 'text' },
    { key: 'amountMinor', label: { fr: 'Montant', en: 'Amount' }, kind: 'amount' },
    { key: 'points', label: { fr: 'Points', en: 'Points' }, kind: 'points' },
    { key: 'balance', label: { fr: 'Solde', en: 'Balance' }, kind: 'points' },
    { key: 'sent', label: { fr: 'Envoyée', en: 'Sent' }, kind: 'flag' },
    { key: 'intention', label: { fr: 'Identifiant', en: 'Id' }, kind: 'text' },
    { key: 'hash', label: { fr: 'Empreinte', en: 'Hash' }, kind: 'text' },
  ],
};

type Asked = { from: string | null; to: string | null; format: ExportFormat; language: Language };
type At = { timeZone: string; currency: CurrencyCode };

/**
 * The journal between two days, oldest first. Entries are in their order (epoch, seq); their days are those their clock showed where
 * the till stands. Nothing of it is in memory whole, and between two batches others have their turn.
 */
export async function* exportJournal(
  reader: Pick<JournalReader, 'entriesAfter' | 'acknowledged'>,
  { from, to, format, language }: Asked,
  { timeZone, currency }: At,
): AsyncGenerator<JournalFilePiece, void, undefined> {
  const counted = { entries: 0 };
  const look = { language, currency, timeZone };
  const batches = selected(reader, { from, to, timeZone }, counted);
  for await (const bytes of exported(format, journalReport, look, batches, zipTools)) {
    yield { piece: 'bytes', base64: Buffer.from(bytes).toString('base64') };
  }
  yield { piece: 'end', entries: counted.entries };
}

async function* selected(
  reader: Pick<JournalReader, 'entriesAfter' | 'acknowledged'>,
  { from, to, timeZone }: { from: string | null; to: string | null; timeZone: string },
  counted: { entries: number },
): AsyncGenerator<JournalLine[]> {
  const dayOf = localDayIn(timeZone);
  const within = (line: JournalLine): boolean => {
    const day = dayOf(Date.parse(line.wallTime));
    return (from === null || day >= from) && (to === null || day <= to);
  };
  const sent = reader.acknowledged()?.head ?? null;
  let after: { epoch: number; seq: number } | null = null;
  for (;;) {
    const entries = reader.entriesAfter(after, batchEntries);
    const last = entries.at(-1);
    if (!last) return;
    after = { epoch: last.entry.epoch, seq: last.entry.seq };
    const lines = entries.map((sealed) => journalLine(sealed, sent)).filter(within);
    counted.entries += lines.length;
    if (lines.length > 0) yield lines;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Node's own: compression runs beside the event loop. */
const zipTools: ZipTools = {
  deflateRaw(chunks) {
    const deflate = createDeflateRaw();
    pipeline(Readable.from(chunks), deflate, () => {});
    return deflate;
  },
  crc32,
};
