import type { ContractRouterClient } from '@orpc/contract';
import type { JsonifiedClient } from '@orpc/openapi-client';
import type { z } from 'zod';
import { type CardAccounts, type HoldStamp, tillAccountsContract } from '#contract/central/till-accounts.ts';
import { type RelayPurpose, type RelayStep, tillCardsContract } from '#contract/central/till-cards.ts';
import type { AccountName } from '#contract/journal/kinds/accounts.ts';
import type { Result } from '#contract/result/index.ts';
import type { CardLedger } from '#contract/till/loyalty.ts';
import type { TimeSeen } from './exchange.ts';
import type { CentralFailure } from './failures.ts';

const calls = { ...tillCardsContract, ...tillAccountsContract };

type Answer<T> = Promise<Result<T, CentralFailure>>;
type Outputs = { [K in keyof typeof calls]: z.output<OutputSchema<K>> };
type OutputSchema<K extends keyof typeof calls> = NonNullable<(typeof calls)[K]['~orpc']['outputSchema']>;

/** Whose card lies here, and what is to be done with it. The same act keeps its intention when it is begun anew. */
export type RelayAsked = { intention: string; uid: string; purpose: RelayPurpose };

/** What this till asks the server about cards, in signed requests. Every answer is checked; no failure throws. */
export interface CardCalls {
  show(cardNumber: string): Answer<CardLedger>;
  /** By intention or ticket number. */
  operation(key: string): Answer<Outputs['operation']>;
  checkSpend(asked: {
    cardNumber: string;
    intention: string;
    points: number;
    pin: string | null;
  }): Answer<Outputs['checkSpend']>;
  openRelay(asked: RelayAsked): Answer<RelayStep>;
  /** @param asked.answer the card's answer to `step`, in hexadecimal */
  nextRelayStep(asked: { relay: string; step: number; answer: string }): Answer<RelayStep>;
}

/** What it asks about the shop's accounts of cards. */
export interface AccountCalls {
  accounts(cardNumber: string): Answer<CardAccounts>;
  /** Holds an amount, once for each intention. */
  authorise(asked: {
    cardNumber: string;
    intention: string;
    account: AccountName;
    amountMinor: number;
    pin: string | null;
    stamp: HoldStamp;
  }): Answer<Outputs['authorise']>;
}

export type CardsClient = JsonifiedClient<ContractRouterClient<typeof calls, TimeSeen>>;
/** Makes one call and checks its answer by the schema. */
export type AskCards = <S extends z.ZodType>(
  schema: S | undefined,
  send: (how: { context: TimeSeen }) => Promise<unknown>,
) => Answer<z.output<S>>;

export function cardCalls(terminal: string, client: CardsClient, ask: AskCards): CardCalls & AccountCalls {
  return {
    async show(cardNumber) {
      const shown = await ask(calls.show['~orpc'].outputSchema, (how) => client.show({ terminal, cardNumber }, how));
      return shown.ok ? { ok: true, value: shown.value.ledger } : shown;
    },
    operation: (key) => ask(calls.operation['~orpc'].outputSchema, (how) => client.operation({ terminal, key }, how)),
    checkSpend: (asked) =>
      ask(calls.checkSpend['~orpc'].outputSchema, (how) => client.checkSpend({ terminal, ...asked }, how)),
    accounts: (cardNumber) =>
      ask(calls.accounts['~orpc'].outputSchema, (how) => client.accounts({ terminal, cardNumber }, how)),
    authorise: (asked) =>
      ask(calls.authorise['~orpc'].outputSchema, (how) => client.authorise({ terminal, ...asked }, how)),
    openRelay: (asked) =>
      ask(calls.openRelay['~orpc'].outputSchema, (how) => client.openRelay({ terminal, ...asked }, how)),
    nextRelayStep: (asked) =>
      ask(calls.nextRelayStep['~orpc'].outputSchema, (how) => client.nextRelayStep({ terminal, ...asked }, how)),
  };
}
