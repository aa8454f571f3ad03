import type { ServiceMessage, ShellMessage } from '#service/index.ts';
import type { ShellElectron } from './electron.ts';

type CipherRequest = Extract<ServiceMessage, { type: 'encrypt' | 'decrypt' }>;

/**
 * Whether the operating system guards secrets for this user. On Linux without a keyring Electron enciphers with a
 * password known to all (`basic_text`), which is no guard and is not passed off as one.
 */
export async function hasKeyStore(
  safeStorage: ShellElectron['safeStorage'],
  platform: NodeJS.Platform,
): Promise<boolean> {
  if (platform === 'linux' && ['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend())) return false;
  return safeStorage.isAsyncEncryptionAvailable();
}

/** Does one request of the service with the system's key store. Never rejects: a refusal is an answer too. */
export async function answerCipher(
  safeStorage: ShellElectron['safeStorage'],
  request: CipherRequest,
): Promise<ShellMessage> {
  const { id } = request;
  try {
    if (request.type === 'encrypt') {
      return { type: 'encrypted', id, bytes: new Uint8Array(await safeStorage.encryptStringAsync(request.text)) };
    }
    const { result } = await safeStorage.decryptStringAsync(Buffer.from(request.bytes));
    return { type: 'decrypted', id, text: result };
  } catch (error) {
    // The message could quote the secret; its name cannot.
    return { type: 'cipher-refused', id, code: error instanceof Error ? error.name : 'unknown' };
  }
}
