import { randomBytes as systemRandom } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { trainingNetworkId } from '#contract/loyalty/training.ts';
import { err, ok } from '#contract/result/index.ts';
import { testEnrolment } from '#test/harness/sync-till.ts';
import { fileKeyStore, keysFolderOf, openKeys, type TerminalKeys } from '../keys/index.ts';
import type { CentralClient } from './central-client.ts';
import { type EnrolmentShelf, enrolTerminal, loadEnrolment } from './enrol.ts';

const centralUrl = 'http://central.test';
let dataDir: string;
let keys: TerminalKeys;
let kept: string | null;
const shelf: EnrolmentShelf = {
  load: () => kept,
  save(sealed) {
    kept = sealed;
    return ok(undefined);
  },
};

async function newKeys(): Promise<TerminalKeys> {
  rmSync(keysFolderOf(dataDir), { recursive: true, force: true });
  const keyStore = fileKeyStore(keysFolderOf(dataDir));
  const opened = await openKeys({ dataDir, keyStore, randomBytes: (count) => new Uint8Array(systemRandom(count)) });
  if (!opened.ok) throw new Error(opened.error.type);
  return opened.value;
}

/** A server that takes every code; its public key is any P-256 key. */
const enrolWith = (serverPublicKey: string, to = shelf, network = testEnrolment(serverPublicKey).network) => {
  const enrol: CentralClient['enrol'] = async () => ok({ ...testEnrolment(serverPublicKey), network });
  const central = { enrol } as CentralClient;
  return enrolTerminal({ central, centralUrl, keys, shelf: to, code: 'ABCD', name: 'caisse-1' });
};

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'comptoir-enrol-'));
  keys = await newKeys();
  kept = null;
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

describe('an enrolment', () => {
  it('is kept sealed, card keys included, and read back whole', async () => {
    expect(loadEnrolment(keys, shelf)).toEqual({ ok: true, value: null });
    const enrolled = await enrolWith(keys.publicKeySpkiBase64);
    const enrolment = testEnrolment(keys.publicKeySpkiBase64);
    expect(enrolled).toEqual({ ok: true, value: enrolment });
    expect(kept).toMatch(/^v1\.[A-Za-z0-9_-]+$/);
    expect(kept).not.toContain(enrolment.cardKeys.read);
    expect(Buffer.from(kept!.slice(3), 'base64url').includes(enrolment.cardKeys.read)).toBe(false);
    expect(loadEnrolment(keys, shelf)).toEqual({ ok: true, value: { centralUrl, enrolment } });
  });

  it('that was altered, or sealed by another installation, does not open', async () => {
    await enrolWith(keys.publicKeySpkiBase64);
    const good = kept!;
    kept = `${good.slice(0, 40)}${good[40] === 'A' ? 'B' : 'A'}${good.slice(41)}`;
    expect(loadEnrolment(keys, shelf)).toEqual({ ok: false, error: { type: 'EnrolmentUnreadable' } });
    kept = good;
    expect(loadEnrolment(await newKeys(), shelf)).toEqual({ ok: false, error: { type: 'EnrolmentUnreadable' } });
  });

  it('that belongs to a key pair this installation no longer has is told apart', async () => {
    await enrolWith(keys.publicKeySpkiBase64);
    const renewed = { ...keys, publicKeySpkiBase64: 'another' };
    expect(loadEnrolment(renewed, shelf)).toEqual({ ok: false, error: { type: 'EnrolmentOfAnotherKey' } });
  });

  it('whose server key cannot verify anything is refused', async () => {
    expect(await enrolWith('AAAA')).toMatchObject({
      error: { type: 'CentralAnswerInvalid', where: 'serverPublicKey' },
    });
    expect(kept).toBeNull();
  });

  it('in the network of training cards is refused', async () => {
    const network = { id: trainingNetworkId, name: 'Akwaba' };
    expect(await enrolWith(keys.publicKeySpkiBase64, shelf, network)).toMatchObject({
      error: { type: 'CentralAnswerInvalid', where: 'network' },
    });
    expect(kept).toBeNull();
  });

  it('that the disk refuses to keep is no enrolment', async () => {
    const full = { ...shelf, save: () => err({ type: 'DiskFull' }) };
    expect(await enrolWith(keys.publicKeySpkiBase64, full)).toEqual({
      ok: false,
      error: { type: 'StoreRefused', cause: 'DiskFull' },
    });
  });
});
