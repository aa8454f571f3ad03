import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { Language } from '#contract/money/index.ts';
import { exportFormats } from '#contract/reports/columns.ts';
import { refusals } from './loyalty.ts';

const Day = z.iso.date();

/** A piece of the file, or its end with how many entries it holds. */
export const JournalFilePiece = z.discriminatedUnion('piece', [
  z.object({ piece: z.literal('bytes'), base64: z.string() }),
  z.object({ piece: z.literal('end'), entries: z.int() }),
]);
export type JournalFilePiece = z.infer<typeof JournalFilePiece>;

/** This till's journal as a file, oldest first, a piece at a time (T24, T37). */
export const journalExport = oc
  .errors(refusals)
  .input(
    z.object({
      /** Days where the till stands, both included; null: no limit. */
      from: Day.nullable().default(null),
      to: Day.nullable().default(null),
      format: z.enum(exportFormats),
      language: Language.default('fr'),
    }),
  )
  .output(eventIterator(JournalFilePiece));
