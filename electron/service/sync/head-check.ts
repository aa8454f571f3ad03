import { countersignedBytes } from '#contract/central/countersign.ts';
import type { CountersignedHead } from '#contract/central/index.ts';
import type { Head } from '#contract/journal/entry.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import { readPublicKey, verifyEs256 } from '../keys/es256.ts';

/** A countersigned head that cannot be believed. Nothing leaves the outbox; selling goes on; a person is told. */
export type HeadFault =
  /** Not signed by the server this terminal enrolled with, or made for another terminal. */
  | { type: 'CentralHeadForged' }
  /** The server has less than it had countersigned, or than it has just accepted (invariant 14). */
  | { type: 'CentralHeadWentBack'; epoch: number; seq: number; expectedEpoch: number; expectedSeq: number }
  /** The server has more than this terminal ever wrote: this journal is an old copy. */
  | { type: 'CentralHeadUnknown'; epoch: number; seq: number }
  /** The server has another entry at that place (invariant 10). */
  | { type: 'CentralHeadForked'; epoch: number; seq: number };

type Place = Pick<Head, 'epoch' | 'seq'>;
export const isBefore = (one: Place, other: Place): boolean =>
  one.epoch < other.epoch || (one.epoch === other.epoch && one.seq < other.seq);

/**
 * Checks what the server says it has accepted against its signature, our own journal, and what is known it had.
 * @param hashAt our own hash at a place of the journal
 * @param atLeast the furthest place the server is known to have had; null when none
 */
export function checkHead(
  signed: CountersignedHead,
  trusted: { terminal: string; serverPublicKey: string; hashAt: (epoch: number, seq: number) => string | null },
  atLeast: Place | null,
): Result<CountersignedHead, HeadFault> {
  const { epoch, seq, hash } = signed.head;
  const key = readPublicKey(trusted.serverPublicKey);
  const genuine = key !== null && verifyEs256(key, countersignedBytes(signed), signed.signature);
  if (!genuine || signed.terminal !== trusted.terminal) return err({ type: 'CentralHeadForged' });
  if (atLeast !== null && isBefore(signed.head, atLeast)) {
    return err({
      type: 'CentralHeadWentBack',
      epoch,
      seq,
      expectedEpoch: atLeast.epoch,
      expectedSeq: atLeast.seq,
    });
  }
  const own = trusted.hashAt(epoch, seq);
  if (own === null) return err({ type: 'CentralHeadUnknown', epoch, seq });
  return own === hash ? ok(signed) : err({ type: 'CentralHeadForked', epoch, seq });
}
