import type { RelayStep } from '#contract/central/till-cards.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import { type TillError, tillError } from '#contract/till/errors.ts';
import { type Clock, sleep } from '#contract/time/index.ts';
import type { CardTransport } from '#native/cards/transport.ts';
import { refusalOf } from '../loyalty/refusals.ts';
import type { CardCalls, CentralFailure, RelayAsked } from '../sync/index.ts';
import { centralRefusal } from './central-refusal.ts';
import type { KeptMaking } from './kept-making.ts';

/** More than any work on a card takes: a server that asks for more is not believed. */
const maxSteps = 120;
/** How long the work may take, and how often a step is asked for that nobody answers. */
export type Patience = { maxMs: number; triesPerStep: number };
/** A card is made in seconds; whoever holds it there this long has been left alone. */
const ofMaking: Patience = { maxMs: 60_000, triesPerStep: 4 };
const betweenTriesMs = 400;

export type RelayDone = Extract<RelayStep, { state: 'done' }>;
export type Relayed = { done: RelayDone; exchanges: number };
export type RelayParts = {
  central: CardCalls;
  clock: Clock;
  making: Pick<KeptMaking, 'whileRelaying'>;
  patience?: Patience;
};

/**
 * Lets the server work on the card that lies here: it computes every command, this till passes it on and hands the answer back,
 * and learns no key. A lost answer of the server's is asked for again with the same step, which changes nothing. A pulled card ends
 * it: laid down again, the same act is begun anew, and the work goes on from what stands on the card.
 * Errors: the card's and reader's own (CardRemoved ...), the server's refusals, NeedsLink (nobody answers), CardFault (no end to it).
 */
export function relayCard(
  parts: RelayParts,
  transport: CardTransport,
  asked: RelayAsked,
  onExchange: (exchanges: number) => void,
): Promise<Result<Relayed, TillError>> {
  return parts.making.whileRelaying(() => passOn(parts, transport, asked, onExchange));
}

async function passOn(
  { central, clock, patience = ofMaking }: RelayParts,
  transport: CardTransport,
  asked: RelayAsked,
  onExchange: (exchanges: number) => void,
): Promise<Result<Relayed, TillError>> {
  const untilMs = clock.monotonicMs() + patience.maxMs;
  const ask = (call: () => Step) => persistently(clock, patience.triesPerStep, call);
  let step = await ask(() => central.openRelay(asked));
  for (let exchanges = 0; exchanges <= maxSteps; exchanges++) {
    if (!step.ok) return err(centralRefusal(step.error));
    if (step.value.state === 'done') return ok({ done: step.value, exchanges });
    if (clock.monotonicMs() > untilMs) return err(tillError('NeedsLink', { why: 'timeout' }));
    const { relay, step: number, apdu } = step.value;
    const answer = await transport.transmit(Buffer.from(apdu, 'hex'));
    if (!answer.ok) return err(refusalOf(answer.error));
    // An answer without a status word is a card that left.
    if (answer.value.length < 2) return err(tillError('CardRemoved'));
    onExchange(exchanges + 1);
    const told = { relay, step: number, answer: Buffer.from(answer.value).toString('hex') };
    step = await ask(() => central.nextRelayStep(told));
  }
  return err(tillError('CardFault', { what: 'relay without end' }));
}

type Step = Promise<Result<RelayStep, CentralFailure>>;

/** Asks again while nobody answers: a step is the same however often it is asked. */
async function persistently(clock: Clock, triesPerStep: number, ask: () => Step): Step {
  for (let attempt = 1; ; attempt++) {
    const step = await ask();
    if (step.ok || step.error.type !== 'CentralUnreachable' || attempt >= triesPerStep) return step;
    await sleep(clock, betweenTriesMs);
  }
}
