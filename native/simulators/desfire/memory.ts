import { FACTORY_KEY } from '#native/cards/crypto/des.ts';
import type { CommMode } from '#native/cards/instructions.ts';

/** Everything a card remembers without power. A real 8 KB EV1 reports 7936 free bytes when new. */
export const CARD_MEMORY_BYTES = 7936;
export const MAX_APPLICATIONS = 28;
export const MAX_FILES = 32;
const BLOCK = 32;
const APPLICATION_BLOCKS = 2;

export type KeyKind = 'des' | 'aes';
export type KeyState = { kind: KeyKind; bytes: Uint8Array; version: number };

type FileCommon = {
  comm: CommMode;
  /** Four key numbers in 16 bits: read, write, read & write, change. */
  rights: number;
  isoId: number | null;
};
export type DataFile = FileCommon & { type: 'standard' | 'backup'; content: Uint8Array; pending: Uint8Array | null };
export type ValueFile = FileCommon & {
  type: 'value';
  lower: number;
  upper: number;
  value: number;
  limitedCreditEnabled: boolean;
  /** What LimitedCredit may still give back: the debits of the last transaction that had any. */
  limitedCredit: number;
  pending: { value: number; debits: number; limitedUsed: boolean } | null;
};
export type RecordFile = FileCommon & {
  type: 'linear' | 'cyclic';
  recordLength: number;
  places: number;
  /** Oldest first. */
  records: Uint8Array[];
  pending: { cleared: boolean; record: Uint8Array | null } | null;
};
export type FileState = DataFile | ValueFile | RecordFile;

export type Application = {
  aid: number;
  settings: number;
  kind: KeyKind;
  keys: KeyState[];
  isoId: number | null;
  isoName: Uint8Array | null;
  files: Map<number, FileState>;
};

export type CardMemory = {
  uid: Uint8Array;
  capacity: number;
  used: number;
  /** The card's own level, as an application without files. */
  picc: Application;
  defaultKey: { bytes: Uint8Array; version: number };
  formatDisabled: boolean;
  applications: Map<number, Application>;
};

export const factoryMemory = (uid: Uint8Array, capacity: number): CardMemory => ({
  uid,
  capacity,
  used: 0,
  picc: {
    aid: 0,
    settings: 0x0f,
    kind: 'des',
    keys: [{ kind: 'des', bytes: FACTORY_KEY, version: 0 }],
    isoId: null,
    isoName: null,
    files: new Map(),
  },
  defaultKey: { bytes: FACTORY_KEY, version: 0 },
  formatDisabled: false,
  applications: new Map(),
});

const blocks = (bytes: number): number => Math.ceil(bytes / BLOCK) * BLOCK;

/** What an application or a file costs. Our estimate: NXP publishes the 32-byte block, not the tables. */
export const applicationCost = (keys: number): number => APPLICATION_BLOCKS * BLOCK + blocks(keys * 24);
export const fileCost = (file: FileState): number => {
  switch (file.type) {
    case 'standard':
      return BLOCK + blocks(file.content.length);
    case 'backup':
      return BLOCK + 2 * blocks(file.content.length);
    case 'value':
      return 2 * BLOCK;
    default:
      return BLOCK + blocks(file.recordLength * file.places);
  }
};
