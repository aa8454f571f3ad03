import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SealedEntry } from '#contract/journal/entry.ts';
import { foldProjection } from '#contract/journal/projection.ts';
import { type CentralClient, type RunningCentral, refusalOf, startCentral } from '#test/harness/central.ts';
import { CentralTill } from '#test/harness/central-till.ts';

let central: RunningCentral;
let manager: CentralClient;

beforeAll(async () => {
  central = await startCentral();
  const { pin } = central.seed.staff.find(({ code }) => code === 'manager')!;
  const { token } = await central.client().office.signIn({ code: 'manager', password: pin });
  manager = central.client({ authorization: `Bearer ${token}` });
});
afterAll(() => central?.stop());

async function newTill(): Promise<CentralTill> {
  const { code } = await manager.office.enrolmentCode({ label: 'Caisse' });
  return CentralTill.enrol(central.url, central.client(), code);
}

/** What a till writes: sales, torn and settled card writes, and now and then a new epoch. */
const step = fc.constantFrom('sale', 'applied', 'torn', 'epoch');
/** What the network makes of the pushes: any piece of any till's journal, any number of times, some at once. */
const piece = fc.record({
  till: fc.nat(1),
  from: fc.nat(30),
  length: fc.integer({ min: 1, max: 12 }),
  together: fc.boolean(),
});

function write(till: CentralTill, steps: string[]): void {
  for (const [index, what] of steps.entries()) {
    if (what === 'epoch') {
      till.open(till.head);
      continue;
    }
    const { intention } = till.sale(100 * (index + 1)).entry;
    if (what === 'torn') till.cardOutcome(intention, 'unknown');
    if (what !== 'sale') till.cardOutcome(intention, 'applied');
  }
}

type Held = { epoch: number; seq: number; hash: string; previous: string };

async function held(till: CentralTill): Promise<Held[]> {
  const { rows } = await sql<Held>`
    SELECT epoch, seq, encode(hash, 'hex') AS hash, canonical::json->>'previousHash' AS previous
    FROM journal_entries WHERE terminal_id = ${till.id} ORDER BY epoch, seq`.execute(central.owner);
  return rows;
}

describe('ingest', () => {
  it('[T37] ends in the same rows whatever the order, the pieces and the repetitions (invariants 8 to 14)', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 1, maxLength: 10 }),
        fc.array(step, { minLength: 1, maxLength: 10 }),
        fc.array(piece, { maxLength: 12 }),
        async (first, second, pieces) => {
          const tills = [await newTill(), await newTill()] as const;
          write(tills[0], first);
          write(tills[1], second);
          let pending: Promise<unknown>[] = [];
          for (const { till: which, from, length, together } of pieces) {
            const till = tills[which as 0 | 1];
            const start = from % till.entries.length;
            // A piece that lies beyond what the server has is refused (ChainBroken) and must leave nothing behind.
            const push = till.push(till.entries.slice(start, start + length)).then(
              ({ head }) => expect(till.entries.some(({ hash }) => hash === head.hash)).toBe(true),
              (cause) => expect(cause.data?.type).toBe('ChainBroken'),
            );
            pending.push(push);
            if (!together) await Promise.all(pending.splice(0));
          }
          await Promise.all(pending);
          pending = [];
          for (const till of tills) await expectSame(till);
        },
      ),
      { numRuns: 15 },
    );
  });

  it('takes a full batch of 500, and the next', async () => {
    const till = await newTill();
    for (let index = 0; index < 999; index++) till.sale(100 + index);
    expect((await till.push(till.entries.slice(0, 500))).head.seq).toBe(500);
    expect((await till.push(till.entries.slice(500))).head).toEqual(till.head);
    expect(await held(till)).toHaveLength(1_000);
  });

  it('refuses amounts of another currency than the shop’s, whose units are others', async () => {
    const till = await newTill();
    const { entry } = till.sale(1_000);
    if (entry.kind !== 'loyalty.sale') throw new Error(entry.kind);
    till.entries.pop();
    till.append('loyalty.sale', { body: { ...entry.body, currency: 'TND' } });
    expect(await refusalOf(till.push())).toMatchObject({ type: 'EntryInvalid', facts: { what: 'currency', seq: 2 } });
    expect(await held(till)).toEqual([]);
  });

  it('refuses, and says so, what no row can hold; nothing of its batch is kept', async () => {
    const till = await newTill();
    till.sale(100);
    const extras = [{ what: 'welcome' as const, points: 5 }];
    const { entry } = till.sale(200);
    if (entry.kind !== 'loyalty.sale') throw new Error(entry.kind);
    till.entries.pop();
    till.append('loyalty.sale', { body: { ...entry.body, receiptNumber: 'A\u0000', extras } });
    expect(await refusalOf(till.push())).toMatchObject({ type: 'EntryInvalid', facts: { what: 'value' }, status: 422 });
    expect(await held(till)).toEqual([]);
    expect((await till.push(till.entries.slice(0, 2))).head.seq).toBe(2);
    const entries = [{ ...till.entries[1]!, entry: { ...till.entries[1]!.entry, staff: '\ud800' } }] as SealedEntry[];
    expect(await refusalOf(till.push(entries))).toMatchObject({ type: 'EntryInvalid', facts: { what: 'schema' } });
    const searched = manager.office.transactions({ search: 'A\u0000' });
    expect(await refusalOf(searched)).toMatchObject({ type: 'InvalidRequest', facts: { what: 'value' } });
  });
});

async function expectSame(till: CentralTill): Promise<void> {
  expect((await till.push()).head).toEqual(till.head);
  const rows = await held(till);
  expect(rows.map(({ hash }) => hash)).toEqual(till.entries.map(({ hash }) => hash));
  for (const [index, row] of rows.entries()) {
    if (row.seq > 1) expect(row.previous).toBe(rows[index - 1]!.hash);
  }
  const { operations } = foldProjection(till.entries.map(({ entry }) => entry));
  const projected = await central.owner
    .selectFrom('loyalty_transactions')
    .select(['intention', 'card_outcome as cardOutcome', 'ticket_number as ticketNumber', 'epoch', 'seq'])
    .where('terminal_id', '=', till.id)
    .orderBy('epoch')
    .orderBy('seq')
    .execute();
  const folded = [...operations.values()].map(({ intention, cardOutcome, ticketNumber, epoch, seq }) => ({
    ...{ intention, cardOutcome, ticketNumber, epoch, seq },
  }));
  expect(projected).toEqual(folded);
  const heads = await central.owner
    .selectFrom('head_history')
    .select(['epoch', 'seq'])
    .where('terminal_id', '=', till.id)
    .execute();
  const last = heads.toSorted((a, b) => a.epoch - b.epoch || a.seq - b.seq).at(-1);
  expect(last).toEqual({ epoch: till.head!.epoch, seq: till.head!.seq });
}
