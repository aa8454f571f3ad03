import type { Database } from '#backend/db/tenancy.ts';
import type { Log } from '#backend/http/request-context.ts';
import type { Seal } from '#backend/pki/sealing.ts';
import type { Random } from '#backend/random.ts';
import { refusal } from '#backend/refusal.ts';
import type { KnownTerminal } from '#backend/terminals/authentic.ts';
import type { CentralError } from '#contract/central/index.ts';
import type { RelayStep } from '#contract/central/till-cards.ts';
import type { IdSource } from '#contract/ids/index.ts';
import { err, type Result } from '#contract/result/index.ts';
import type { Clock } from '#contract/time/index.ts';
import { type SpendCheck, spendCheck } from './pins/check-spend.ts';
import { pinHashes } from './pins/pin-hashes.ts';
import { type AnswerGiven, nextRelayStep } from './relay/next-step.ts';
import { openRelay, type RelayAsked } from './relay/open-relay.ts';

type Answer<T> = Promise<Result<T, CentralError>>;
type Asked<T> = { terminal: string } & T;

/** What a till asks of the server for a card that lies on its reader. */
export type CardDesk = {
  openRelay(from: KnownTerminal, asked: Asked<RelayAsked>, log: Log): Answer<RelayStep>;
  nextRelayStep(from: KnownTerminal, given: Asked<AnswerGiven>, log: Log): Answer<RelayStep>;
  checkSpend(
    from: KnownTerminal,
    asked: Asked<{ cardNumber: string; intention: string; pin: string | null }>,
  ): Answer<SpendCheck>;
};

export type CardDeskParts = {
  db: Database;
  clock: Clock;
  ids: IdSource;
  random: Random;
  seal: Seal;
  serverSecret: string;
};

export function cardDesk(parts: CardDeskParts): CardDesk {
  const relays = { ...parts, pins: pinHashes(parts.serverSecret) };
  return {
    openRelay: (from, { terminal, ...asked }, log) =>
      forItself(from, terminal, async () => {
        const step = await openRelay(relays, from, asked);
        log.info({ terminal, intention: asked.intention, work: asked.purpose.do, ...factsOf(step) }, 'card work begun');
        return step;
      }),
    nextRelayStep: (from, { terminal, ...given }, log) =>
      forItself(from, terminal, async () => {
        const step = await nextRelayStep(relays, from, given);
        if (!step.ok || step.value.state === 'done') {
          log.info({ terminal, relay: given.relay, steps: given.step + 1, ...factsOf(step) }, 'card work ended');
        }
        return step;
      }),
    checkSpend: (from, { terminal, ...asked }) => forItself(from, terminal, () => spendCheck(relays, from, asked)),
  };
}

/** A terminal speaks for itself alone, and one whose journal has split touches no card. */
function forItself<T>(from: KnownTerminal, terminal: string, work: () => Answer<T>): Answer<T> {
  if (terminal !== from.terminal) return Promise.resolve(err(refusal('NotFound')));
  return from.state === 'quarantined' ? Promise.resolve(err(refusal('TerminalQuarantined'))) : work();
}

/** Never an APDU, never a PIN. */
const factsOf = (step: Result<RelayStep, CentralError>) =>
  step.ok ? { relay: step.value.relay, state: step.value.state } : { refusal: step.error.type };
