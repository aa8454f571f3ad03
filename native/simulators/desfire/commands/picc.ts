import { concat, uintLE } from '#native/cards/bytes.ts';
import { INS, STATUS } from '#native/cards/instructions.ts';
import type { CommandSpec, Engine } from '../engine.ts';
import { type Application, applicationCost, MAX_APPLICATIONS } from '../memory.ts';
import { Refusal, refuseUnless } from '../refusal.ts';
import { anyLength, clear, mayList, u16, u24 } from './shapes.ts';

const FREE_CREATION = 0x04;
const FORMAT_DISABLED = 0x01;
const HARDWARE = Uint8Array.of(0x04, 0x01, 0x01, 0x01, 0x00, 0x1a, 0x05);
const SOFTWARE = Uint8Array.of(0x04, 0x01, 0x01, 0x01, 0x04, 0x1a, 0x05);
const PRODUCTION = Uint8Array.of(0xba, 0x45, 0x19, 0xe3, 0x20, 0x49, 0x13);

const atCardLevel = (card: Engine): void => refuseUnless(card.atCardLevel, STATUS.permissionDenied);

const selectApplication: CommandSpec = {
  shape: clear(3),
  run: (card, header) => {
    const aid = u24(header, 0);
    const application = aid === 0 ? card.memory.picc : card.memory.applications.get(aid);
    // The real card lets go of the old application before it looks for the new one.
    card.select(application ?? card.memory.picc);
    if (!application) throw new Refusal(STATUS.applicationNotFound);
    return {};
  },
};

const kindOf = (settings: number): Application['kind'] => {
  switch (settings & 0xc0) {
    case 0x00:
      return 'des';
    case 0x80:
      return 'aes';
    default:
      // Three-key triple DES is not modelled.
      throw new Refusal(STATUS.parameterError);
  }
};

const createApplication: CommandSpec = {
  shape: (card, frame) => {
    refuseUnless(frame.length === 5 || (frame.length >= 7 && frame.length <= 23), STATUS.lengthError);
    return anyLength(card, frame);
  },
  run: (card, header) => {
    atCardLevel(card);
    const { memory } = card;
    refuseUnless((memory.picc.settings & FREE_CREATION) !== 0 || card.holds(0), STATUS.authenticationError);
    const aid = u24(header, 0);
    const keyCount = header[4]! & 0x0f;
    refuseUnless(aid !== 0 && !memory.applications.has(aid), STATUS.duplicate);
    refuseUnless(memory.applications.size < MAX_APPLICATIONS, STATUS.countError);
    refuseUnless(keyCount <= 14, STATUS.parameterError);
    const kind = kindOf(header[4]!);
    card.take(applicationCost(keyCount));
    const { bytes, version } = memory.defaultKey;
    memory.applications.set(aid, {
      aid,
      settings: header[3]!,
      kind,
      keys: Array.from({ length: keyCount }, () => ({ kind, bytes, version })),
      isoId: header.length >= 7 ? u16(header, 5) : null,
      isoName: header.length > 7 ? header.slice(7) : null,
      files: new Map(),
    });
    return {};
  },
};

const deleteApplication: CommandSpec = {
  shape: clear(3),
  run: (card, header) => {
    const { memory } = card;
    const aid = u24(header, 0);
    refuseUnless(aid !== 0 && memory.applications.has(aid), STATUS.applicationNotFound);
    const own = card.selected.aid === aid && card.holds(0) && (memory.picc.settings & FREE_CREATION) !== 0;
    refuseUnless(own || (card.atCardLevel && card.holds(0)), STATUS.authenticationError);
    // The memory it took is not free again: only formatting gives it back.
    memory.applications.delete(aid);
    if (!own) return {};
    card.select(memory.picc);
    return { endsSession: true };
  },
};

const getApplicationIds: CommandSpec = {
  shape: clear(0),
  run: (card) => {
    atCardLevel(card);
    mayList(card);
    return { data: concat(...[...card.memory.applications.keys()].map((aid) => uintLE(aid, 3))), frames: [57] };
  },
};

const getDfNames: CommandSpec = {
  shape: clear(0),
  run: (card) => {
    atCardLevel(card);
    mayList(card);
    const names = [...card.memory.applications.values()]
      .filter((application) => application.isoName !== null)
      .map(({ aid, isoId, isoName }) => concat(uintLE(aid, 3), uintLE(isoId ?? 0, 2), isoName!));
    return { data: concat(...names), frames: names.map((name) => name.length) };
  },
};

const formatPicc: CommandSpec = {
  shape: clear(0),
  run: (card) => {
    atCardLevel(card);
    refuseUnless(card.holds(0), STATUS.authenticationError);
    refuseUnless(!card.memory.formatDisabled, STATUS.permissionDenied);
    card.memory.applications.clear();
    card.memory.used = 0;
    return {};
  },
};

const getVersion: CommandSpec = {
  shape: clear(0),
  run: (card) => ({ data: concat(HARDWARE, SOFTWARE, card.memory.uid, PRODUCTION), frames: [7, 7] }),
};

const getFreeMemory: CommandSpec = {
  shape: clear(0),
  run: ({ memory }) => ({ data: uintLE(memory.capacity - memory.used, 3) }),
};

const getCardUid: CommandSpec = {
  shape: clear(0),
  run: (card) => {
    refuseUnless(card.session !== null, STATUS.authenticationError);
    return { data: card.memory.uid, mode: 'enciphered' };
  },
};

/** Option 0: flags; 1: the key that new applications begin with; 2: the ATS, taken and ignored. */
const CONFIGURATION_LENGTH = [1, 25] as const;
const setConfiguration: CommandSpec = {
  shape: (card, frame) => {
    atCardLevel(card);
    refuseUnless(card.holds(0), STATUS.authenticationError);
    const length = CONFIGURATION_LENGTH[frame[0] ?? 255];
    if (length === undefined) throw new Refusal(STATUS.parameterError);
    return { header: 1, data: length, mode: 'enciphered' };
  },
  run: (card, header, data) => {
    if (header[0] === 0) card.memory.formatDisabled ||= (data[0]! & FORMAT_DISABLED) !== 0;
    else card.memory.defaultKey = { bytes: data.slice(0, 16), version: data[24]! };
    return {};
  },
};

export const PICC_COMMANDS: readonly [number, CommandSpec][] = [
  [INS.selectApplication, selectApplication],
  [INS.createApplication, createApplication],
  [INS.deleteApplication, deleteApplication],
  [INS.getApplicationIds, getApplicationIds],
  [INS.getDfNames, getDfNames],
  [INS.formatPicc, formatPicc],
  [INS.getVersion, getVersion],
  [INS.getFreeMemory, getFreeMemory],
  [INS.getCardUid, getCardUid],
  [INS.setConfiguration, setConfiguration],
];
