import { ok } from '#contract/result/index.ts';
import { uintLE } from './bytes.ts';
import { MAC_LENGTH } from './crypto/cmac.ts';
import type { CardResult, Desfire } from './desfire.ts';
import { nonsense } from './desfire.ts';
import { INS } from './instructions.ts';

export const PICC = 0x000000;
/** Second settings byte of CreateApplication: the keys are AES. */
const AES_KEYS = 0x80;

/** Application and PICC key settings (one byte; the high nibble says which key changes keys, 0 = the master key). */
export const KEY_SETTINGS = {
  masterKeyChangeable: 0x01,
  freeListing: 0x02,
  freeCreation: 0x04,
  changeable: 0x08,
} as const;

/** What shop and network applications have: only key 0 changes keys and makes files; what stands in them may be listed. */
export const GUARDED = KEY_SETTINGS.masterKeyChangeable | KEY_SETTINGS.freeListing | KEY_SETTINGS.changeable;

/** Selects an application (0 = the card itself). Ends any authentication and any open transaction. One exchange. */
export async function selectApplication(card: Desfire, aid: number): CardResult<void> {
  card.forgetAuthentication();
  const result = await card.command({ instruction: INS.selectApplication, header: uintLE(aid, 3) });
  return result.ok ? ok(undefined) : result;
}

export async function createApplication(
  card: Desfire,
  aid: number,
  keySettings: number,
  keys: number,
): CardResult<void> {
  const header = Uint8Array.of(...uintLE(aid, 3), keySettings, AES_KEYS | keys);
  const result = await card.command({ instruction: INS.createApplication, header });
  return result.ok ? ok(undefined) : result;
}

/** The applications on the card, at most 28. */
export async function getApplicationIds(card: Desfire): CardResult<number[]> {
  const result = await card.command({ instruction: INS.getApplicationIds });
  if (!result.ok) return result;
  const aids: number[] = [];
  for (let at = 0; at + 3 <= result.value.length; at += 3) {
    aids.push(result.value[at]! | (result.value[at + 1]! << 8) | (result.value[at + 2]! << 16));
  }
  return ok(aids);
}

/** Removes every application, and only then gives their memory back. Needs the PICC master key. */
export async function formatPicc(card: Desfire): CardResult<void> {
  const result = await card.command({ instruction: INS.formatPicc });
  return result.ok ? ok(undefined) : result;
}

/** Free bytes; memory of deleted applications is not among them. */
export async function getFreeMemory(card: Desfire): CardResult<number> {
  const result = await card.command({ instruction: INS.getFreeMemory });
  if (!result.ok) return result;
  const bytes = result.value;
  if (bytes.length !== 3) return { ok: false, error: nonsense(INS.getFreeMemory, `${bytes.length} bytes`) };
  return ok(bytes[0]! | (bytes[1]! << 8) | (bytes[2]! << 16));
}

export type CardVersion = { hardware: Uint8Array; software: Uint8Array; uid: Uint8Array; production: Uint8Array };

const VERSION_LENGTH = 28;

/**
 * Hardware and software version, UID and production data: three exchanges. A card under power keeps the session of whoever had
 * it before, and ends its answer with a MAC of that session, which nobody here can check.
 */
export async function getVersion(card: Desfire): CardResult<CardVersion> {
  const result = await card.command({ instruction: INS.getVersion });
  if (!result.ok) return result;
  const bytes = result.value;
  const ofAnotherSession = card.channel === null && bytes.length === VERSION_LENGTH + MAC_LENGTH;
  if (bytes.length !== VERSION_LENGTH && !ofAnotherSession)
    return { ok: false, error: nonsense(INS.getVersion, `${bytes.length} bytes`) };
  return ok({
    hardware: bytes.slice(0, 7),
    software: bytes.slice(7, 14),
    uid: bytes.slice(14, 21),
    production: bytes.slice(21, VERSION_LENGTH),
  });
}
