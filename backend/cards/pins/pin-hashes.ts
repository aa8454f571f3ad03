import { createHmac, hkdfSync } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';

/** As OWASP's cheat sheet sets Argon2id: 19 MiB, 2 passes, 1 lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** What the server keeps of cardholders' PINs. Four digits could be searched through, so all of it is keyed outside the database. */
export type PinHashes = {
  hash(pin: string): Promise<string>;
  matches(phc: string, pin: string): Promise<boolean>;
  /** Names one try, so that it is known when it comes again: of this PIN, for this card, in this act of a person. 32 bytes. */
  nameOfTry(attempt: { intention: string; cardNumber: string; pin: string }): Buffer;
};

/** Argon2id with a pepper out of the server secret (RFC 9106 section 3.1, the secret value K). */
export function pinHashes(serverSecret: string): PinHashes {
  const derive = (info: string) => new Uint8Array(hkdfSync('sha256', Buffer.from(serverSecret, 'hex'), '', info, 32));
  const pepper = derive('pepper of cardholders’ PINs');
  const tryKey = derive('names of PIN tries');
  return {
    hash: (pin) => hash(pin, { ...cost, secret: pepper }),
    matches: (phc, pin) => verify(phc, pin, { secret: pepper }),
    nameOfTry: ({ intention, cardNumber, pin }) =>
      createHmac('sha256', tryKey).update(`${intention} ${cardNumber} ${pin}`).digest(),
  };
}
