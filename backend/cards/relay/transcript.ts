import { createHmac } from 'node:crypto';
import { ok } from '#contract/result/index.ts';
import type { CardTransport } from '#native/cards/transport.ts';

const macLength = 32;

/** What a replay came to: an APDU that the card has not answered yet, or the end of the work. */
export type Replay<T> = { next: Uint8Array } | { end: T };

/** What a card driver works with: the card, and where its random bytes come from. */
export type RecordedCard = { transport: CardTransport; randomBytes: (length: number) => Uint8Array };

/**
 * Runs card work from its beginning over the answers that the card has given so far. The first command beyond them is what the
 * card is to be asked next: the run is then dropped where it stands, and made again once the answer is there.
 *
 * The same seed and answers give the same commands, on every server. Random bytes are HMAC-SHA-256 under the seed, over all
 * answers so far and a counter: a card, or a till, that answers otherwise is met with other random numbers, so no challenge
 * is ever used twice against two different answers.
 */
export async function replay<T>(
  seed: Uint8Array,
  answers: readonly Uint8Array[],
  work: (card: RecordedCard) => Promise<T>,
): Promise<Replay<T>> {
  const beyond = Promise.withResolvers<Replay<T>>();
  let heard = mac(seed, 'heard', new Uint8Array(0));
  let drawn = 0;
  let asked = 0;
  const transport: CardTransport = {
    atr: new Uint8Array(0),
    transmit(command) {
      const answer = answers[asked++];
      if (answer) {
        heard = mac(seed, 'heard', heard, answer);
        return Promise.resolve(ok(answer));
      }
      beyond.resolve({ next: command });
      return new Promise(() => {});
    },
  };
  const randomBytes = (length: number) => {
    if (length > macLength) throw new RangeError(`${length} random bytes at once`);
    return mac(seed, `random ${drawn++}`, heard).subarray(0, length);
  };
  return Promise.race([beyond.promise, work({ transport, randomBytes }).then((end) => ({ end }))]);
}

function mac(seed: Uint8Array, purpose: string, ...parts: Uint8Array[]): Uint8Array {
  const hmac = createHmac('sha256', seed).update(`${purpose}\n`);
  for (const part of parts) hmac.update(part);
  return new Uint8Array(hmac.digest());
}
