import type { TenantTransaction } from '#backend/db/tenancy.ts';
import { refusal } from '#backend/refusal.ts';
import { publish as publishItem } from '#backend/terminals/feed.ts';
import type { CentralError } from '#contract/central/errors.ts';
import { type Contradiction, checkProgramme, type Programme } from '#contract/loyalty/programme.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import { discardDraft } from './drafts.ts';
import { programmeInForce } from './versions.ts';

type Publishing = { programme: Programme; basedOn: number; by: string; atMs: number };

/** The first contradiction in full, and how many there are. */
export const contradictory = (found: readonly Contradiction[]): CentralError => {
  const { rule, why, facts } = found[0]!;
  return refusal('ProgrammeContradictory', { ...facts, rule, why, count: found.length });
};

/**
 * Makes rules the version after `basedOn`, unless another one is in force by now; the primary key decides between two who press at
 * the same time. The shop's time zone goes into the rules, so that every till counts its days and hours alike.
 * Refusals: VersionChanged (`version`), ProgrammeContradictory
 */
export async function publishProgramme(
  trx: TenantTransaction,
  tenant: string,
  { programme: wanted, basedOn, by, atMs }: Publishing,
): Promise<Result<Programme, CentralError>> {
  const { current, shop, timeZone } = await programmeInForce(trx, tenant);
  if (current.version !== basedOn) return err(refusal('VersionChanged', { version: current.version }));
  const programme: Programme = { ...wanted, version: basedOn + 1, timeZone, publishedAtMs: atMs };
  const found = checkProgramme(programme, shop);
  if (found.length > 0) return err(contradictory(found));
  const { numInsertedOrUpdatedRows: added } = await trx
    .insertInto('programmes')
    .values({
      tenant_id: tenant,
      programme_id: programme.id,
      version: programme.version,
      programme: JSON.stringify(programme),
      published_at: new Date(atMs),
      published_by: by,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow();
  if (!added) return err(refusal('VersionChanged', { version: programme.version }));
  await discardDraft(trx, tenant);
  await publishItem(trx, tenant, { item: 'programme', programme });
  return ok(programme);
}
