import type { CentralError } from '#contract/central/index.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import { type TillError, tillError } from '#contract/till/errors.ts';
import type { CentralFailure } from '../sync/index.ts';
import { centralRefusal } from './central-refusal.ts';
import { recordMade } from './issued-entry.ts';
import type { CardWorkParts } from './parts.ts';

type SettleParts = Pick<CardWorkParts, 'journal' | 'reader' | 'making' | 'central' | 'log'>;

/**
 * Brings the journal up to a card whose making this till did not see to its end: the server is asked with the same intention, which
 * touches no card, and what it has finished is put on record, once.
 * Errors: NeedsLink, TerminalRevoked, TerminalQuarantined (it stays open), DiskFull and the like.
 */
export function settleMaking(parts: SettleParts): Promise<Result<void, TillError>> {
  return parts.making.asking(async () => {
    const making = parts.making.unasked;
    if (!making) return ok(undefined);
    const { intention, uid, purpose } = making;
    if (parts.reader.act(intention)) return ok(parts.making.close());
    const central = parts.central();
    if (!central) return err(tillError('NeedsLink'));
    const step = await central.openRelay({ intention, uid, purpose });
    parts.log('info', 'card.making-settled', { intention, state: step.ok ? step.value.state : step.error.type });
    if (!step.ok && isNoAnswer(step.error)) return err(centralRefusal(step.error));
    if (!step.ok || step.value.state !== 'done') return ok(parts.making.leave());
    const recorded = recordMade(parts, making, { done: step.value, exchanges: 0 });
    return recorded.ok ? ok(undefined) : recorded;
  });
}

/** Refusals that say nothing about the card. */
const notOfTheCard: ReadonlySet<CentralError['type']> = new Set([
  'TerminalUnknown',
  'TerminalRevoked',
  'TerminalQuarantined',
  'RequestNotAuthentic',
  'RequestReplayed',
  'ClockTooFar',
  'TooManyRequests',
]);

const isNoAnswer = (failure: CentralFailure): boolean =>
  failure.type !== 'CentralRefused' || notOfTheCard.has(failure.refusal.type);
