import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cardNumberOf } from '#contract/loyalty/card-number.ts';
import type { Clock } from '#contract/time/index.ts';
import {
  type EntryDraft,
  type Journal,
  type OpenOptions,
  openStore,
  type Store,
  sealWith,
} from '#service/store/index.ts';

/** A store in a folder of its own, written by a terminal with a key of its own. */
export interface TillStore {
  readonly folder: string;
  readonly path: string;
  readonly terminal: string;
  /** SPKI, base64. */
  readonly publicKey: string;
  /** Opens the store, or throws with the typed error in its message. */
  open(options?: Partial<OpenOptions>): Store;
  /** @param clock by default one that moves on by a second at each look */
  journal(store: Store, clock?: Clock): Journal;
  /** Deletes the folder. The stores are closed. */
  remove(): void;
}

/** @param folder where the store lies; by default a new one in the system's temporary folder */
export function newTillStore(folder: string = mkdtempSync(join(tmpdir(), 'comptoir-store-'))): TillStore {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const path = join(folder, 'store.db');
  const terminal = randomUUID();
  const seal = sealWith(privateKey);
  return {
    folder,
    path,
    terminal,
    publicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
    open(options) {
      const opened = openStore({ path, pid: process.pid, ...options });
      if (!opened.ok) throw new Error(JSON.stringify(opened.error));
      return opened.value;
    },
    journal: (store, clock = steppingClock()) => store.journal({ terminal, seal, clock }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** A clock that moves on by one second at each look: entries of one test differ in time without any waiting. */
function steppingClock(): Clock {
  let nowMs = Date.UTC(2026, 10, 21, 8);
  return {
    wallMs: () => {
      nowMs += 1000;
      return nowMs;
    },
    monotonicMs: () => nowMs,
    bootId: '0197c1a0-0000-7000-8000-000000000001',
    after: () => () => undefined,
  };
}

const none = { staff: null, role: null, postings: [] };

export const openingDraft = (
  { publicKey }: Pick<TillStore, 'publicKey'>,
  previousHead: EntryDraft<'terminal.opened'>['body']['previousHead'] = null,
): EntryDraft<'terminal.opened'> => ({
  kind: 'terminal.opened',
  intention: randomUUID(),
  ...none,
  body: { tenant: '0197c1a0-0000-7000-8000-0000000000aa', place: 'Boulangerie du Port', publicKey, previousHead },
});

export type SaleFigures = {
  intention?: string;
  cardNumber?: string;
  amountMinor?: number;
  points?: number;
  balance?: number;
  totalSpendMinor?: number;
  cardCounter?: number;
  ticketNumber?: string;
};

/** A sale of the size a shop really writes. */
export function saleDraft(figures: SaleFigures = {}): EntryDraft<'loyalty.sale'> {
  const { intention = randomUUID(), points = 12, ...rest } = figures;
  return {
    kind: 'loyalty.sale',
    intention,
    staff: '1001',
    role: 'cashier',
    postings: [
      { account: `card:${rest.cardNumber ?? '0417209379'}`, commodity: 'points:boulangerie', amount: points },
      { account: 'programme:boulangerie', commodity: 'points:boulangerie', amount: -points },
    ],
    body: {
      cardNumber: '0417209379',
      programme: 'boulangerie',
      rulesVersion: 1,
      amountMinor: 1250,
      currency: 'XOF',
      points,
      balance: 112,
      totalSpendMinor: 11_250,
      cardCounter: 9,
      lastVisitMs: 1_795_000_000_000,
      nextGift: { name: { fr: 'Une baguette', en: 'A baguette' }, points: 150, missing: 38 },
      source: 'keyboard',
      receiptNumber: null,
      ticketNumber: 'P1-000001',
      checks: [
        { check: 'authentic', outcome: 'passed' },
        { check: 'network', outcome: 'passed' },
        { check: 'status', outcome: 'passed' },
        { check: 'pin', outcome: 'not-asked' },
        { check: 'limits', outcome: 'passed' },
      ],
      ...rest,
    },
  };
}

export const cardOutcomeDraft = (
  intention: string,
  outcome: EntryDraft<'card.outcome'>['body']['outcome'] = 'applied',
  tapToResultMs: number | null = 120,
  cardNumber = '0417209379',
): EntryDraft<'card.outcome'> => ({
  kind: 'card.outcome',
  intention,
  ...none,
  body: { cardNumber, outcome, exchanges: 6, tapToResultMs },
});

export const ticketOutcomeDraft = (
  intention: string,
  ticketNumber = 'P1-000001',
  outcome: EntryDraft<'ticket.outcome'>['body']['outcome'] = 'confirmed',
  copy = 0,
): EntryDraft<'ticket.outcome'> => ({
  kind: 'ticket.outcome',
  intention,
  ...none,
  body: { ticketNumber, outcome, why: null, copy },
});

/** The card number of a customer, from a small number. */
export const customer = (number: number): string => cardNumberOf(number);

/** The value of a call that must have succeeded. */
export function must<T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}
