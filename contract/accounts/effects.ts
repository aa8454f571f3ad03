import type { Posting } from '#contract/journal/entry.ts';
import type { AccountName } from '#contract/journal/kinds/accounts.ts';
import type { EntryKind } from '#contract/journal/kinds.ts';

/** What a person at the counter does with a card's accounts. */
export const accountActs = ['top-up', 'pay', 'refund', 'draw', 'repay'] as const;
export type AccountAct = (typeof accountActs)[number];

export type AccountKind = Extract<EntryKind, `purse.${string}` | `credit.${string}`>;

type Effect = {
  kind: AccountKind;
  account: AccountName;
  /** Of the account's figure: the purse's balance, or what is owed. */
  sign: 1 | -1;
  /** Takes what another till may take at the same moment: the server holds it first. */
  held: boolean;
  /** Where the other half of the posting stands. */
  counter: 'shop:cash' | 'shop:purse' | 'shop:credit';
};

/** The one table of what each act does. */
export const accountEffects: Readonly<Record<AccountAct, Effect>> = {
  'top-up': { kind: 'purse.topped-up', account: 'purse', sign: 1, held: false, counter: 'shop:cash' },
  pay: { kind: 'purse.paid', account: 'purse', sign: -1, held: true, counter: 'shop:purse' },
  refund: { kind: 'purse.refunded', account: 'purse', sign: -1, held: true, counter: 'shop:cash' },
  draw: { kind: 'credit.drawn', account: 'credit', sign: 1, held: true, counter: 'shop:credit' },
  repay: { kind: 'credit.repaid', account: 'credit', sign: -1, held: false, counter: 'shop:cash' },
};

/** Money comes in, in cash or otherwise. */
export const isMoneyIn = (act: AccountAct): boolean => act === 'top-up' || act === 'repay';

const acts = new Map(accountActs.map((act) => [accountEffects[act].kind, act]));
export const accountKinds: readonly AccountKind[] = accountActs.map((act) => accountEffects[act].kind);
/** The act whose entry is of this kind; null: it is about something else. */
export const actOfKind = (kind: string): AccountAct | null => acts.get(kind as AccountKind) ?? null;

/** The change of the account's figure. */
export const changeMinor = (act: AccountAct, amountMinor: number): number =>
  accountEffects[act].sign === 1 ? amountMinor : 0 - amountMinor;

/**
 * Both halves, as the customer stands with the shop: what the purse holds is theirs, what they owe is negative. `shop:cash` is the
 * other side of money that changed hands, `shop:purse` and `shop:credit` of what was bought with it.
 */
export function accountPostings(act: AccountAct, cardNumber: string, currency: string, amountMinor: number): Posting[] {
  const { account, counter } = accountEffects[act];
  const change = changeMinor(act, amountMinor);
  const standing = account === 'purse' ? change : 0 - change;
  const commodity = `money:${currency}`;
  return [
    { account: `${account}:${cardNumber}`, commodity, amount: standing },
    { account: counter, commodity, amount: 0 - standing },
  ];
}
