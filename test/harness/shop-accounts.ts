import { randomBytes } from 'node:crypto';
import { expect } from 'vitest';
import { type AccountAct, accountEffects, accountPostings } from '#contract/accounts/effects.ts';
import { uuidV7 } from '#contract/ids/index.ts';
import type { JournalEntry } from '#contract/journal/entry.ts';
import type { AccountName } from '#contract/journal/kinds/accounts.ts';
import type { CentralClient, RunningCentral } from './central.ts';
import { CentralTill } from './central-till.ts';

export const uuid = () => uuidV7(Date.now(), randomBytes(10));

/** The office of shop 1, signed in as one of its people. */
export async function officeOf(central: RunningCentral, code: string): Promise<CentralClient> {
  const password = central.seed.staff.find((person) => person.code === code)!.pin;
  const { token } = await central.client().office.signIn({ code, password });
  return central.client({ authorization: `Bearer ${token}` });
}

export async function newTill(central: RunningCentral, office: CentralClient): Promise<CentralTill> {
  const { code } = await office.office.enrolmentCode({ label: 'caisse' });
  const till = await CentralTill.enrol(central.url, central.client(), code);
  await till.push();
  return till;
}

type Moved = { cardNumber: string; amountMinor: number; intention?: string };

/** Asks for a hold as a till does: it names the head it stands at, and its own clock. */
export function authorise(
  till: CentralTill,
  account: AccountName,
  { cardNumber, amountMinor, intention = uuid(), pin = null }: Moved & { pin?: string | null },
) {
  const { epoch, seq } = till.head!;
  const { bootId } = till.entries.at(-1)!.entry;
  const stamp = { epoch, seq, bootId, monotonicMs: 1_000 };
  return till.client().cards.authorise({ terminal: till.id, cardNumber, intention, account, amountMinor, pin, stamp });
}

/** Writes the entry of an act. */
export function write(till: CentralTill, act: AccountAct, { cardNumber, amountMinor, intention = uuid() }: Moved) {
  const moved = { cardNumber, amountMinor, currency: 'XOF' as const, balanceMinor: null };
  const body = { ...moved, ticketNumber: `1-P${till.entries.length}`, checks: [], approvedBy: null };
  const postings = accountPostings(act, cardNumber, 'XOF', amountMinor);
  return till.append(accountEffects[act].kind, { body, postings, intention });
}
/** Writes the entry of an act, and sends it. */
export async function post(till: CentralTill, act: AccountAct, moved: Moved) {
  const sealed = write(till, act, moved);
  await till.push([sealed]);
}

/** An entry that changes nothing, made in so late a moment or so other a run of the program. */
export async function later(till: CentralTill, change: Partial<JournalEntry>) {
  const draft = till.draft('staff.signed-in', { body: { by: 'pin' } });
  const sealed = till.seal({ ...draft, ...change } as JournalEntry);
  till.entries.push(sealed);
  await till.push([sealed]);
}

/** What the postings of the journal, and the server's own, come to is what each account says; of those two halves nothing is left over. */
export async function expectFold(central: RunningCentral) {
  const rows = await central.owner.selectFrom('card_accounts').selectAll().execute();
  const postings = await central.owner.selectFrom('account_postings').selectAll().execute();
  const holds = await central.owner.selectFrom('account_holds').selectAll().where('state', '=', 'held').execute();
  const borne = holds.map((hold) => ({ ...hold, card_number: hold.moved_to ?? hold.card_number }));
  expect(rows.length).toBeGreaterThan(0);
  for (const row of rows) {
    const own = (each: { card_number: string; account: string; tenant_id: string }) =>
      each.card_number === row.card_number && each.account === row.account && each.tenant_id === row.tenant_id;
    expect(row.figure_minor).toBe(postings.filter(own).reduce((sum, { change_minor }) => sum + change_minor, 0));
    expect(row.held_minor).toBe(borne.filter(own).reduce((sum, { amount_minor }) => sum + amount_minor, 0));
  }
  const moves = postings.filter(({ kind }) => kind === 'moved-in' || kind === 'moved-out');
  const halves = new Map<string, number>();
  for (const { intention, change_minor } of moves) halves.set(intention, (halves.get(intention) ?? 0) + change_minor);
  expect([...halves.values()].filter((left) => left !== 0)).toEqual([]);
}
