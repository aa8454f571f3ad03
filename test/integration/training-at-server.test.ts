import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { uuidV7 } from '#contract/ids/index.ts';
import { trainingNetworkId } from '#contract/loyalty/training.ts';
import { newTillOf } from '#test/harness/card-relay.ts';
import { type RunningCentral, startCentral } from '#test/harness/central.ts';
import type { CentralTill } from '#test/harness/central-till.ts';

let central: RunningCentral;
let till: CentralTill;
beforeAll(async () => {
  central = await startCentral();
  till = await newTillOf(central);
});
afterAll(() => central?.stop());

const refusalOf = (call: Promise<unknown>) =>
  call.then(
    () => 'not refused',
    (cause: { data?: unknown }) => cause.data,
  );
const heldOf = async ({ id }: CentralTill) =>
  (
    await sql<{ seq: number }>`SELECT seq FROM journal_entries WHERE terminal_id = ${id} ORDER BY seq`.execute(
      central.owner,
    )
  ).rows;

it('no network may bear the number of training cards', async () => {
  const made = sql`INSERT INTO networks (network_id, name, card_secret) VALUES (${trainingNetworkId}, 'F', '')`;
  await expect(made.execute(central.owner)).rejects.toThrow(/networks_not_of_training/);
  const renumbered = sql`UPDATE networks SET network_id = ${trainingNetworkId}`;
  await expect(renumbered.execute(central.owner)).rejects.toThrow(/networks_not_of_training|foreign key/);
});

it('an entry with a training till’s numbering is refused, and leaves nothing behind', async () => {
  await till.push();
  const { entry } = till.twin().sale(1_250);
  if (entry.kind !== 'loyalty.sale') throw new Error(entry.kind);
  const practised = till.seal({ ...entry, body: { ...entry.body, ticketNumber: 'F1-7' } });
  const refused = { type: 'EntryInvalid', facts: { what: 'training' } };
  expect(await refusalOf(till.push([practised]))).toMatchObject(refused);
  expect(await heldOf(till)).toHaveLength(1);
  till.sale(1_250);
  await till.push();
  expect(await heldOf(till)).toHaveLength(2);
});

it('a training till’s own name is known to no server', async () => {
  const practising = till.twin();
  practising.enrolment = { ...till.enrolment, terminal: uuidV7(Date.now(), Buffer.alloc(10, 7)) };
  practising.sale(500);
  expect(await refusalOf(practising.push())).toMatchObject({ type: 'TerminalUnknown' });
  expect(
    await refusalOf(practising.client().cards.show({ terminal: practising.id, cardNumber: '0417209320' })),
  ).toMatchObject({
    type: 'TerminalUnknown',
  });
});
