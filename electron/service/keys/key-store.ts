import { err, ok, type Result } from '#contract/result/index.ts';
import type { KeysError } from './errors.ts';
import { readPrivateFile, writePrivateFile } from './private-file.ts';

export const dataKeyBytes = 32;

/**
 * Where the data key is held: 32 bytes that seal every other secret of this installation.
 * `os`: the operating system's key store guards it (Electron). `file`: a file of mode 0600 does, and the till says so plainly.
 */
export interface KeyStore {
  readonly protection: 'os' | 'file';
  /** The key kept before, or null at the first start. */
  load(): Promise<Result<Uint8Array | null, KeysError>>;
  /** Durable when it resolves. */
  save(dataKey: Uint8Array): Promise<Result<void, KeysError>>;
}

/** Browser mode and servers without a desktop: the key lies in `data.key`, readable by its owner alone. */
export function fileKeyStore(keysFolder: string): KeyStore {
  const file = 'data.key';
  return {
    protection: 'file',
    async load() {
      const bytes = readPrivateFile(keysFolder, file);
      if (!bytes.ok || bytes.value === null || bytes.value.length === dataKeyBytes) return bytes;
      return err({ type: 'KeyFileMalformed', file });
    },
    async save(dataKey) {
      return writePrivateFile(keysFolder, file, dataKey);
    },
  };
}

/** What the shell lends of Electron's safeStorage: the key store of the signed-in user. */
export interface OsCipher {
  encrypt(text: string): Promise<Uint8Array>;
  decrypt(bytes: Uint8Array): Promise<string>;
}

/** Electron: the data key lies in `data.key.os`, enciphered by the operating system for this user. */
export function osKeyStore(keysFolder: string, cipher: OsCipher): KeyStore {
  const file = 'data.key.os';
  const refused = (error: unknown) =>
    err({ type: 'KeyStoreRefused', code: error instanceof Error ? error.name : 'unknown' } as const);
  return {
    protection: 'os',
    async load() {
      const bytes = readPrivateFile(keysFolder, file);
      if (!bytes.ok || bytes.value === null) return bytes;
      try {
        const key = new Uint8Array(Buffer.from(await cipher.decrypt(bytes.value), 'base64'));
        return key.length === dataKeyBytes ? ok(key) : err({ type: 'KeyFileMalformed', file });
      } catch (error) {
        return refused(error);
      }
    },
    async save(dataKey) {
      try {
        const enciphered = await cipher.encrypt(Buffer.from(dataKey).toString('base64'));
        return writePrivateFile(keysFolder, file, enciphered);
      } catch (error) {
        return refused(error);
      }
    },
  };
}
