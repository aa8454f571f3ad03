import { z } from 'zod';
import { err, ok, type Result } from '#contract/result/index.ts';

const hex = (bytesMax: number) =>
  z.string().regex(new RegExp(`^([0-9a-f]{2}){0,${bytesMax}}$`), 'not bytes in lower-case hexadecimal');
const oneByte = z.string().regex(/^[0-9a-f]{2}$/, 'not one byte in lower-case hexadecimal');
const printable = z.string().regex(/^[\x20-\x7e]{1,16}$/);

const Field = z.discriminatedUnion('field', [
  z.strictObject({ field: z.literal('literal'), text: printable, optional: z.boolean().optional() }),
  /** Any number of spaces, perhaps none. */
  z.strictObject({ field: z.literal('blanks') }),
  /** Digits: exactly `width` of them, or as many as come. `major` may have decimals behind one of the marks. */
  z.strictObject({
    field: z.literal('amount'),
    unit: z.enum(['minor', 'major']),
    width: z.int().min(1).max(16).optional(),
    decimalMarks: z
      .string()
      .regex(/^[.,]{1,2}$/)
      .optional(),
  }),
  /** Letters, digits, `-` and `/`. */
  z.strictObject({
    field: z.literal('receipt'),
    width: z.int().min(1).max(20).optional(),
    after: printable.optional(),
    optional: z.boolean().optional(),
  }),
]);

/** How a cash register frames an amount. Differences between registers are data: see resources/registers. */
const RegisterFormatSchema = z
  .strictObject({
    name: z.string().regex(/^[a-z0-9-]{1,40}$/),
    title: z.string().min(1).max(200),
    /** One byte, or none: then a frame begins where the last one ended. */
    start: z.union([z.literal(''), oneByte]),
    end: hex(4).min(2),
    /** `xor-after-start`: one byte behind the end, the exclusive or of body and end. */
    check: z.enum(['none', 'xor-after-start']),
    longestBody: z.int().min(1).max(256),
    fields: z.array(Field).min(1).max(12),
    /** What the register waits for after a frame, if anything. */
    reply: z.strictObject({ good: oneByte, bad: oneByte }).nullable(),
  })
  .refine(({ fields }) => fields.filter(({ field }) => field === 'amount').length === 1, {
    path: ['fields'],
    error: 'exactly one amount',
  });

export type RegisterField = Readonly<z.infer<typeof Field>>;
export type RegisterFormat = Readonly<z.infer<typeof RegisterFormatSchema>>;

/** `field` is a path into the file, as in `fields.2.width`. */
export type RegisterFormatInvalid = { type: 'RegisterFormatInvalid'; source: string; field: string; problem: string };

/** Checks a format's data. `source` names the file in the error. */
export function parseRegisterFormat(source: string, data: unknown): Result<RegisterFormat, RegisterFormatInvalid> {
  const parsed = RegisterFormatSchema.safeParse(data);
  if (parsed.success) return ok(parsed.data);
  const issue = parsed.error.issues[0]!;
  const unknown = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  return err({
    type: 'RegisterFormatInvalid',
    source,
    field: [...issue.path, ...unknown].join('.'),
    problem: issue.message,
  });
}
