import { randomBytes as systemRandom } from 'node:crypto';
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readPublicKey, verifyEs256 } from './es256.ts';
import { fileKeyStore, type OsCipher, openKeys, osKeyStore } from './index.ts';

let dataDir: string;
const folder = () => join(dataDir, 'keys');
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'comptoir-keys-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const randomBytes = (count: number) => new Uint8Array(systemRandom(count));
const openWithFile = () => openKeys({ dataDir, keyStore: fileKeyStore(folder()), randomBytes });
const text = (value: string) => new TextEncoder().encode(value);

/** How a secret could show: raw, hex, and base64 at each of its three alignments. */
const formsOf = (secret: Buffer): Buffer[] => [
  secret,
  Buffer.from(secret.toString('hex')),
  ...[0, 1, 2].map((skip) => Buffer.from(secret.subarray(skip, skip + 27).toString('base64'))),
];

async function opened() {
  const keys = await openWithFile();
  if (!keys.ok) throw new Error(keys.error.type);
  return keys.value;
}

describe('the terminal’s identity', () => {
  it('is made once and stays the same', async () => {
    const first = await opened();
    const second = await opened();
    expect(second.publicKeySpkiBase64).toBe(first.publicKeySpkiBase64);
    const publicKey = readPublicKey(first.publicKeySpkiBase64)!;
    const signature = second.sign(text('entry'));
    expect(signature).toMatch(/^[A-Za-z0-9_-]{86}$/);
    expect(verifyEs256(publicKey, text('entry'), signature)).toBe(true);
    expect(verifyEs256(publicKey, text('Entry'), signature)).toBe(false);
    expect(first.protection).toBe('file');
  });

  it('leaves files that their owner alone may read, and no half-written one', async () => {
    await opened();
    expect(readdirSync(folder()).sort()).toEqual(['data.key', 'identity.json']);
    for (const file of readdirSync(folder())) expect(statSync(join(folder(), file)).mode & 0o777).toBe(0o600);
    expect(statSync(folder()).mode & 0o777).toBe(0o700);
  });

  it('is not made anew when the key that opens it is gone', async () => {
    await opened();
    rmSync(join(folder(), 'data.key'));
    expect(await openWithFile()).toEqual({ ok: false, error: { type: 'DataKeyMissing' } });
  });

  it('goes on after a crash between the data key and the identity, or with a half-written file left', async () => {
    await opened();
    rmSync(join(folder(), 'identity.json'));
    writeFileSync(join(folder(), 'identity.json.new'), '{"v":');
    expect((await openWithFile()).ok).toBe(true);
  });

  it('is refused when its file was altered, cut or comes from another installation', async () => {
    await opened();
    const path = join(folder(), 'identity.json');
    const good = JSON.parse(readFileSync(path, 'utf8')) as { privateKey: string };
    const flipped =
      good.privateKey.slice(0, -2) + (good.privateKey.at(-2) === 'A' ? 'B' : 'A') + good.privateKey.at(-1);
    writeFileSync(path, JSON.stringify({ ...good, privateKey: flipped }));
    expect(await openWithFile()).toMatchObject({ error: { type: 'SealBroken', purpose: 'terminal-identity' } });
    writeFileSync(path, JSON.stringify(good).slice(0, 50));
    expect(await openWithFile()).toMatchObject({ error: { type: 'KeyFileMalformed', file: 'identity.json' } });
    writeFileSync(path, JSON.stringify({ ...good, publicKey: 'AAAA' }));
    expect(await openWithFile()).toMatchObject({ error: { type: 'KeyFileMalformed', file: 'identity.json' } });
    writeFileSync(path, JSON.stringify(good));
    writeFileSync(join(folder(), 'data.key'), systemRandom(32));
    expect(await openWithFile()).toMatchObject({ error: { type: 'SealBroken' } });
    writeFileSync(join(folder(), 'data.key'), systemRandom(31));
    expect(await openWithFile()).toMatchObject({ error: { type: 'KeyFileMalformed', file: 'data.key' } });
  });

  it('is refused while others may read it, and never followed through a link', async () => {
    await opened();
    chmodSync(join(folder(), 'data.key'), 0o644);
    expect(await openWithFile()).toEqual({
      ok: false,
      error: { type: 'KeyFileTooOpen', file: 'data.key', mode: '644' },
    });
    chmodSync(join(folder(), 'data.key'), 0o600);
    chmodSync(folder(), 0o755);
    expect(await openWithFile()).toMatchObject({ error: { type: 'KeyFileTooOpen', file: '.', mode: '755' } });
    chmodSync(folder(), 0o700);
    rmSync(join(folder(), 'data.key'));
    symlinkSync('/etc/hostname', join(folder(), 'data.key'));
    expect(await openWithFile()).toMatchObject({ error: { type: 'KeyFileUnreadable', file: 'data.key' } });
  });

  it('says so when the disk refuses', async () => {
    writeFileSync(join(dataDir, 'keys'), 'a file where a folder belongs', { mode: 0o600 });
    expect(await openWithFile()).toMatchObject({ ok: false, error: { type: 'KeyFileUnreadable' } });
  });
});

describe('secrets at rest', () => {
  it('open for their purpose only, with this installation’s key only', async () => {
    const keys = await opened();
    const sealed = keys.seal(text('0123'), 'card-keys');
    expect(keys.open(sealed, 'card-keys')).toEqual({ ok: true, value: text('0123') });
    expect(keys.open(sealed, 'pin')).toMatchObject({ error: { type: 'SealBroken', purpose: 'pin' } });
    expect(
      keys.open(`${sealed.slice(0, 12)}${sealed[12] === 'A' ? 'B' : 'A'}${sealed.slice(13)}`, 'card-keys').ok,
    ).toBe(false);
    expect(keys.open('v2.AAAA', 'card-keys')).toMatchObject({ error: { type: 'SealMalformed' } });
    expect(keys.seal(text('0123'), 'card-keys')).not.toBe(sealed);
    rmSync(folder(), { recursive: true });
    expect((await opened()).open(sealed, 'card-keys')).toMatchObject({ error: { type: 'SealBroken' } });
  });

  it('lie nowhere in clear: invariant 20', async () => {
    const drawn: Uint8Array[] = [];
    const spy = (count: number) => {
      const bytes = randomBytes(count);
      drawn.push(bytes);
      return bytes;
    };
    // Stands for the operating system's key store: a cipher with a key of its own.
    const mask = systemRandom(64);
    const cipher: OsCipher = {
      encrypt: async (plain) => Buffer.from(plain).map((byte, index) => byte ^ mask[index % 64]!),
      decrypt: async (bytes) =>
        Buffer.from(Buffer.from(bytes).map((byte, index) => byte ^ mask[index % 64]!)).toString(),
    };
    const open = () => openKeys({ dataDir, keyStore: osKeyStore(folder(), cipher), randomBytes: spy });
    const keys = await open();
    expect(keys.ok && keys.value.protection).toBe('os');
    const [dataKey, privateScalar] = drawn.filter((bytes) => bytes.length === 32);
    expect(privateScalar).toBeDefined();
    const contents = readdirSync(folder()).map((file) => readFileSync(join(folder(), file)));
    expect(contents).toHaveLength(2);
    const forms = [dataKey!, privateScalar!].flatMap((secret) => formsOf(Buffer.from(secret)));
    for (const content of contents) for (const form of forms) expect(content.includes(form)).toBe(false);
    expect((await open()).ok).toBe(true);
  });

  it('say so when the operating system refuses', async () => {
    const refusing: OsCipher = {
      encrypt: () => Promise.reject(new TypeError('locked')),
      decrypt: () => Promise.reject(new TypeError('locked')),
    };
    const keys = await openKeys({ dataDir, keyStore: osKeyStore(folder(), refusing), randomBytes });
    expect(keys).toEqual({ ok: false, error: { type: 'KeyStoreRefused', code: 'TypeError' } });
  });
});
