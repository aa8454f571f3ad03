import type { TenantTransaction } from '#backend/db/tenancy.ts';
import { settleListed } from '../project.ts';
import { checkCards } from './check-cards.ts';
import { withinReach } from './held.ts';
import { ledgerChanges, moveLedger } from './ledger-rows.ts';
import type { Reported } from './merge-outcomes.ts';
import { moveOn } from './moves.ts';
import { keepOpenWrites } from './open-writes.ts';
import { insertOperations, type Settled, settleOperations } from './operation-rows.ts';
import type { Operation } from './operations.ts';
import type { CardWork } from './parts.ts';

/** What has become known of a shop's operations, by a till's journal or by the server itself, whose `terminal` is null. */
type Learnt = { operations: readonly Operation[]; earlier: readonly Reported[] };

/** Brings operations and outcomes into the shop's ledger: balances, writes that have still to reach a card, cases. @returns operations of which more is known than before */
export async function keepLearnt(
  trx: TenantTransaction,
  { tenant, terminal }: { tenant: string; terminal: string | null },
  learnt: Learnt,
  work: CardWork,
): Promise<Settled[]> {
  const { at } = work;
  await insertOperations(trx, { tenant, terminal, receivedAt: at }, learnt.operations);
  const settled = await settleOperations(trx, tenant, learnt.earlier);
  const { operations, rows } = await withinReach(
    trx,
    { tenant, terminal, at },
    {
      operations: learnt.operations,
      rows: await moveLedger(trx, tenant, ledgerChanges(learnt.operations, settled), at),
    },
  );
  await keepOpenWrites(trx, tenant, { fresh: operations, earlier: settled }, work);
  await checkCards(trx, { tenant, terminal, at, operations, settled, rows });
  await moveOn(trx, tenant, rows, work);
  return settled;
}

/** What the server has seen of a shop's writes on the card itself: in the ledger and the office's list as if a till of that shop said so. */
export async function recordOutcomes(
  trx: TenantTransaction,
  tenant: string,
  reported: readonly Reported[],
  work: CardWork,
): Promise<void> {
  const settled = await keepLearnt(trx, { tenant, terminal: null }, { operations: [], earlier: reported }, work);
  await settleListed(trx, tenant, settled);
}
