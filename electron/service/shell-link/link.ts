import type { TillError } from '#contract/till/errors.ts';
import { type ServiceMessage, ShellMessage } from './messages.ts';

/** The service's end of the channel to the main process (Electron's `process.parentPort`), as much of it as is used. */
export interface ParentPort {
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown;
  postMessage(message: ServiceMessage): void;
}

/** The operating system's key store, lent by the shell. */
export interface LentCipher {
  encrypt(text: string): Promise<Uint8Array>;
  /** Rejects with an error whose `name` is the key store's code. */
  decrypt(bytes: Uint8Array): Promise<string>;
}

export interface ShellLink {
  /** Resolves when the shell has said how to begin; `cipher` is null where the system has no key store worth the name. */
  started: Promise<{ cipher: LentCipher | null }>;
  onStop(listener: () => void): void;
  ready(externalOrigins: readonly string[]): void;
  failed(error: TillError): void;
}

const mostRequests = 64;

/** The service's side of its talk with the shell. Messages that are not of the agreed shape are dropped; doors are served elsewhere. */
export function linkToShell(parent: ParentPort): ShellLink {
  const started = Promise.withResolvers<{ cipher: LentCipher | null }>();
  const requests = new Map<number, PromiseWithResolvers<Uint8Array | string>>();
  let stop: (() => void) | undefined;
  let nextId = 0;

  const ask = (message: (id: number) => ServiceMessage) => {
    if (requests.size >= mostRequests) return Promise.reject(refusal('TooManyRequests'));
    const id = nextId++;
    const answer = Promise.withResolvers<Uint8Array | string>();
    requests.set(id, answer);
    parent.postMessage(message(id));
    return answer.promise;
  };
  const cipher: LentCipher = {
    encrypt: async (text) => bytesOf(await ask((id) => ({ type: 'encrypt', id, text }))),
    decrypt: async (bytes) => textOf(await ask((id) => ({ type: 'decrypt', id, bytes }))),
  };
  const takeAnswer = (id: number) => {
    const answer = requests.get(id);
    requests.delete(id);
    return answer;
  };

  parent.on('message', ({ data }) => {
    const parsed = ShellMessage.safeParse(data);
    if (!parsed.success) return;
    const message = parsed.data;
    switch (message.type) {
      case 'start':
        return started.resolve({ cipher: message.cipher ? cipher : null });
      case 'encrypted':
        return takeAnswer(message.id)?.resolve(message.bytes);
      case 'decrypted':
        return takeAnswer(message.id)?.resolve(message.text);
      case 'cipher-refused':
        return takeAnswer(message.id)?.reject(refusal(message.code));
      case 'stop':
        return stop?.();
    }
  });

  return {
    started: started.promise,
    onStop(listener) {
      stop = listener;
    },
    ready: (externalOrigins) => parent.postMessage({ type: 'ready', externalOrigins: [...externalOrigins] }),
    failed: (error) => parent.postMessage({ type: 'failed', error }),
  };
}

function refusal(code: string): Error {
  const error = new Error(`the key store refused: ${code}`);
  error.name = code;
  return error;
}

function bytesOf(answer: Uint8Array | string): Uint8Array {
  if (typeof answer === 'string') throw refusal('WrongAnswer');
  return answer;
}

function textOf(answer: Uint8Array | string): string {
  if (typeof answer !== 'string') throw refusal('WrongAnswer');
  return answer;
}
