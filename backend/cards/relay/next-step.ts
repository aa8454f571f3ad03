import { inTenant, type TenantTransaction } from '#backend/db/tenancy.ts';
import { refusal } from '#backend/refusal.ts';
import type { CentralError } from '#contract/central/index.ts';
import type { RelayStep } from '#contract/central/till-cards.ts';
import { err, type Result } from '#contract/result/index.ts';
import { advance } from './advance.ts';
import type { AtTerminal, RelayParts } from './open-relay.ts';
import { endRelay, holdRelay, outcomeOf, type RelayRow, recordAnswer } from './relay-rows.ts';

export type AnswerGiven = { relay: string; step: number; answer: string };
type Step = Promise<Result<RelayStep, CentralError>>;

/** No work on a card takes as many commands; what does is no card. */
const maxSteps = 150;

/**
 * Takes the card's answer to a step and gives the next one. The same answer to the same step gets the same next step, on
 * whichever server; another answer to a step already taken ends the work: two cards, or someone between.
 * Refusals: NotFound (no such work at this terminal), RelayEnded (with `why`), and whatever the work itself comes to.
 */
export function nextRelayStep(parts: RelayParts, at: AtTerminal, given: AnswerGiven): Step {
  return inTenant(parts.db, at.tenant, async (trx) => {
    const row = await holdRelay(trx, { ...at, relay: given.relay });
    if (!row) return err(refusal('NotFound'));
    const nowMs = parts.clock.wallMs();
    if (row.state !== 'live') {
      const last = given.step === row.steps - 1 ? outcomeOf(row) : null;
      return last ?? err(refusal('RelayEnded', { why: row.state }));
    }
    if (row.expires_at.getTime() <= nowMs) return ended(trx, row, 'expired');
    if (given.step >= maxSteps) return ended(trx, row, 'steps');
    if (given.step > row.steps) return err(refusal('RelayEnded', { why: 'step', step: row.steps }));
    const answer = Buffer.from(given.answer, 'hex');
    const before = row.transcript[given.step];
    if (before && !before.equals(answer)) return ended(trx, row, 'answer');
    if (!before) await recordAnswer(trx, row, answer);
    const answers = [...row.transcript.slice(0, given.step), answer].map((each) => new Uint8Array(each));
    return advance(trx, { ...parts, nowMs }, { ...row, steps: Math.max(row.steps, given.step + 1) }, answers);
  });
}

async function ended(trx: TenantTransaction, row: RelayRow, why: string): Step {
  await endRelay(trx, row, null);
  return err(refusal('RelayEnded', { why }));
}
