import { concat, equal, xor } from '#native/cards/bytes.ts';
import { INS, STATUS } from '#native/cards/instructions.ts';
import type { CommandSpec, Engine } from '../engine.ts';
import type { KeyKind, KeyState } from '../memory.ts';
import { Refusal, refuseUnless } from '../refusal.ts';
import { clear, enciphered, mayList } from './shapes.ts';

const MASTER_CHANGEABLE = 0x01;
const SETTINGS_CHANGEABLE = 0x08;
const SAME_KEY = 0xe;
const FROZEN = 0xf;
const KEY_LENGTH = 16;

const getKeySettings: CommandSpec = {
  shape: clear(0),
  run: (card) => {
    mayList(card);
    const { settings, keys, kind } = card.selected;
    return { data: Uint8Array.of(settings, keys.length | (kind === 'aes' ? 0x80 : 0)) };
  },
};

const changeKeySettings: CommandSpec = {
  shape: enciphered(0, 1),
  run: (card, _header, data) => {
    refuseUnless((card.selected.settings & SETTINGS_CHANGEABLE) !== 0, STATUS.permissionDenied);
    refuseUnless(card.holds(0), STATUS.authenticationError);
    card.selected.settings = data[0]!;
    return {};
  },
};

const getKeyVersion: CommandSpec = {
  shape: clear(1),
  run: (card, header) => {
    const key = card.selected.keys[header[0]!];
    if (!key) throw new Refusal(STATUS.noSuchKey);
    return { data: Uint8Array.of(key.version) };
  },
};

/** Which key must be at work to change key `number`; refuses what no one may change. */
const requiredKey = (card: Engine, number: number): number => {
  const { settings } = card.selected;
  if (number === 0) {
    refuseUnless((settings & MASTER_CHANGEABLE) !== 0, STATUS.permissionDenied);
    return 0;
  }
  const changer = settings >> 4;
  refuseUnless(changer !== FROZEN, STATUS.permissionDenied);
  if (changer === SAME_KEY) return number;
  return changer === number ? 0 : changer;
};

const masterKind = (keyNumber: number): KeyKind => {
  const kind = keyNumber & 0xc0;
  refuseUnless(kind === 0x00 || kind === 0x80, STATUS.parameterError);
  return kind === 0x80 ? 'aes' : 'des';
};

/** A DES key's version stands in the parity bits of its first eight bytes. */
const parityVersion = (key: Uint8Array): number =>
  key.subarray(0, 8).reduce((version, byte) => (version << 1) | (byte & 1), 0);

const changeKey: CommandSpec = {
  shape: (card, frame) => {
    const { session } = card;
    if (!session) throw new Refusal(STATUS.authenticationError);
    const wire = session.blockLength === 16 ? 32 : 24;
    refuseUnless(frame.length === 1 + wire, STATUS.lengthError);
    return { header: 1, data: wire, mode: 'raw' };
  },
  run: (card, header, wire) => {
    const session = card.session!;
    const number = card.atCardLevel ? header[0]! & 0x3f : header[0]!;
    const current = card.selected.keys[number];
    if (!current) throw new Refusal(STATUS.noSuchKey);
    refuseUnless(card.holds(requiredKey(card, number)), STATUS.authenticationError);
    const kind = card.atCardLevel ? masterKind(header[0]!) : card.selected.kind;
    const same = card.holds(number);
    const next = readKey(card, header, session.decipher(wire), kind, same ? null : current);
    card.selected.keys[number] = next;
    if (card.atCardLevel) card.selected.kind = kind;
    return { endsSession: same };
  },
};

/** Opens a cryptogram: key (as the difference to `old` unless null), version of an AES key, checksum, checksum of the key. */
const readKey = (card: Engine, header: Uint8Array, all: Uint8Array, kind: KeyKind, old: KeyState | null): KeyState => {
  const session = card.session!;
  const clearBytes = concat(Uint8Array.of(INS.changeKey), header);
  const length = KEY_LENGTH + (kind === 'aes' ? 1 : 0);
  const data = all.slice(0, length);
  const checksum = session.checksum(clearBytes, data);
  const bytes = old ? xor(data.subarray(0, KEY_LENGTH), old.bytes) : data.slice(0, KEY_LENGTH);
  const expected = old ? concat(checksum, session.checksum(new Uint8Array(0), bytes)) : checksum;
  const end = length + expected.length;
  const good = equal(all.subarray(length, end), expected) && all.subarray(end).every((byte) => byte === 0);
  refuseUnless(good, STATUS.integrityError);
  return { kind, bytes, version: kind === 'aes' ? data[KEY_LENGTH]! : parityVersion(bytes) };
};

export const KEY_COMMANDS: readonly [number, CommandSpec][] = [
  [INS.getKeySettings, getKeySettings],
  [INS.changeKeySettings, changeKeySettings],
  [INS.getKeyVersion, getKeyVersion],
  [INS.changeKey, changeKey],
];
