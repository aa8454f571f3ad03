import { z } from 'zod';
import { fromHex, hex } from '#native/cards/bytes.ts';
import type { Application, CardMemory, FileState } from './memory.ts';

/*
 * A card's memory as JSON, kept between runs: byte strings in hexadecimal, maps as arrays of pairs, nothing that was not
 * committed. Read back through a schema: the file lies on a disk that anyone may edit.
 */

const Bytes = z
  .string()
  .regex(/^([0-9a-f]{2})*$/)
  .transform(fromHex);
const KeyBytes = Bytes.refine((bytes) => bytes.length === 16);
const Byte = z.int().min(0).max(0xff);
const Count = z.int().nonnegative();
const Kind = z.enum(['des', 'aes']);

const common = {
  comm: z.enum(['plain', 'maced', 'enciphered']),
  rights: z.int().min(0).max(0xffff),
  isoId: z.int().nullable(),
};
const DataFile = z.object({ type: z.enum(['standard', 'backup']), ...common, content: Bytes });
const ValueFile = z.object({
  type: z.literal('value'),
  ...common,
  lower: z.int(),
  upper: z.int(),
  value: z.int(),
  limitedCreditEnabled: z.boolean(),
  limitedCredit: Count,
});
const RecordFile = z.object({
  type: z.enum(['linear', 'cyclic']),
  ...common,
  recordLength: Count,
  places: Count,
  records: z.array(Bytes),
});
const File = z
  .discriminatedUnion('type', [DataFile, ValueFile, RecordFile])
  .transform((file): FileState => ({ ...file, pending: null }));

const ApplicationJson = z.object({
  aid: z.int().min(0).max(0xffffff),
  settings: Byte,
  kind: Kind,
  keys: z.array(z.object({ kind: Kind, bytes: KeyBytes, version: Byte })).max(14),
  isoId: z.int().nullable(),
  isoName: Bytes.nullable(),
  files: z.array(z.tuple([Byte, File])).transform((pairs) => new Map(pairs)),
});

const CardJson = z.object({
  kind: z.literal('virtual-desfire'),
  version: z.literal(1),
  uid: Bytes.refine((bytes) => bytes.length === 7),
  capacity: Count,
  used: Count,
  picc: ApplicationJson,
  defaultKey: z.object({ bytes: KeyBytes, version: Byte }),
  formatDisabled: z.boolean(),
  applications: z.array(z.tuple([z.int(), ApplicationJson])).transform((pairs) => new Map(pairs)),
});
export type CardJson = z.input<typeof CardJson>;

const fileJson = (file: FileState): z.input<typeof File> => {
  switch (file.type) {
    case 'standard':
    case 'backup': {
      const { pending: _, ...kept } = file;
      return { ...kept, content: hex(file.content) };
    }
    case 'value': {
      const { pending: _, ...kept } = file;
      return kept;
    }
    default: {
      const { pending: _, ...kept } = file;
      return { ...kept, records: file.records.map(hex) };
    }
  }
};

const applicationJson = (application: Application): z.input<typeof ApplicationJson> => ({
  ...application,
  keys: application.keys.map((key) => ({ ...key, bytes: hex(key.bytes) })),
  isoName: application.isoName && hex(application.isoName),
  files: [...application.files].map(([number, file]) => [number, fileJson(file)]),
});

export const memoryToJson = (memory: CardMemory): CardJson => ({
  kind: 'virtual-desfire',
  version: 1,
  ...memory,
  uid: hex(memory.uid),
  picc: applicationJson(memory.picc),
  defaultKey: { ...memory.defaultKey, bytes: hex(memory.defaultKey.bytes) },
  applications: [...memory.applications].map(([aid, application]) => [aid, applicationJson(application)]),
});

/** @throws TypeError when the JSON is not a virtual card's, naming what is wrong */
export const memoryFromJson = (json: unknown): CardMemory => {
  const parsed = CardJson.safeParse(json);
  if (!parsed.success) throw new TypeError(`not a virtual card: ${z.prettifyError(parsed.error)}`);
  const { kind: _kind, version: _version, ...memory } = parsed.data;
  return memory;
};
