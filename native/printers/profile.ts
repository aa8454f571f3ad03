import { z } from 'zod';
import { err, ok, type Result } from '#contract/result/index.ts';
import { codePages } from './code-pages.ts';

const byte = z.int().min(0).max(255);

/** What one model of printer can do. Differences between printers are data: see resources/printers. */
const PrinterProfileSchema = z
  .strictObject({
    name: z.string().regex(/^[a-z0-9-]{1,40}$/),
    title: z.string().min(1).max(80),
    /** Characters of font A on a line. */
    columns: z.int().min(16).max(96),
    /** Dots on a line: the room of a raster QR. */
    dotsPerLine: z.int().min(128).max(2048),
    /** In order of preference, with the number that ESC t takes on this model. */
    codePages: z
      .array(z.strictObject({ page: z.enum([...codePages.keys()] as [string, ...string[]]), select: byte }))
      .min(1)
      .max(16),
    /** Chinese-made printers pair bytes above 0x7f into ideograms until FS . is sent; others may print the dot. */
    cancelKanji: z.boolean(),
    /** Sends unasked Automatic Status Back blocks until GS a 0. */
    autoStatus: z.boolean(),
    cutter: z.enum(['none', 'partial', 'full', 'both']),
    /** Lines to feed so that the last one passes the tear bar, on a printer without a cutter. */
    tearFeedLines: z.int().min(0).max(20),
    /** ESC p: connector pin (0 is pin 2, 1 is pin 5) and pulse, in steps of 2 ms. */
    drawer: z
      .strictObject({
        pin: z.union([z.literal(0), z.literal(1)]),
        onMs: z.int().min(2).max(510),
        offMs: z.int().min(2).max(510),
      })
      .nullable(),
    qr: z.strictObject({ by: z.enum(['printer', 'raster', 'none']), moduleDots: z.int().min(1).max(16) }),
    /** `dle-eot`: answers real-time status requests. */
    status: z.enum(['dle-eot', 'none']),
    /** How it proves that a ticket was processed: GS ( H process id, GS r paper sensor (no id), or not at all. */
    proof: z.enum(['process-id', 'paper-sensor', 'none']),
  })
  .refine((profile) => profile.status !== 'none' || profile.proof === 'none', {
    path: ['proof'],
    error: 'a printer that answers no status cannot prove anything',
  });

export type PrinterProfile = Readonly<z.infer<typeof PrinterProfileSchema>>;

/** `field` is a path into the file, as in `codePages.0.page`; empty when the file is not an object. */
export type PrinterProfileInvalid = { type: 'PrinterProfileInvalid'; source: string; field: string; problem: string };

/** Checks a profile's data. `source` names the file in the error. */
export function parsePrinterProfile(source: string, data: unknown): Result<PrinterProfile, PrinterProfileInvalid> {
  const parsed = PrinterProfileSchema.safeParse(data);
  if (parsed.success) return ok(parsed.data);
  const issue = parsed.error.issues[0]!;
  const unknown = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  const field = [...issue.path, ...unknown].join('.');
  return err({ type: 'PrinterProfileInvalid', source, field, problem: issue.message });
}
