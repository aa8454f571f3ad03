import type { TenantTransaction } from '#backend/db/tenancy.ts';
import type { ProgrammeDraft } from '#contract/central/office-programme.ts';
import { checkProgramme, Programme, type ShopFacts } from '#contract/loyalty/programme.ts';

type Saving = { programme: Programme; basedOn: number; by: { code: string; name: string }; atMs: number };

/** The shop has one draft; the last who saves it wins, and is named. */
export async function saveDraft(
  trx: TenantTransaction,
  tenant: string,
  shop: ShopFacts,
  { programme, basedOn, by, atMs }: Saving,
): Promise<ProgrammeDraft> {
  const row = { programme: JSON.stringify(programme), based_on: basedOn, saved_at: new Date(atMs), saved_by: by.code };
  await trx
    .insertInto('programme_drafts')
    .values({ tenant_id: tenant, ...row })
    .onConflict((conflict) => conflict.column('tenant_id').doUpdateSet(row))
    .execute();
  return { programme, basedOn, by: by.name, savedAtMs: atMs, contradictions: checkProgramme(programme, shop) };
}

export async function draftOf(trx: TenantTransaction, tenant: string, shop: ShopFacts): Promise<ProgrammeDraft | null> {
  const row = await trx
    .selectFrom('programme_drafts')
    .leftJoin('staff', (join) =>
      join.onRef('staff.tenant_id', '=', 'programme_drafts.tenant_id').onRef('staff.code', '=', 'saved_by'),
    )
    .select(['programme', 'based_on', 'saved_at', 'saved_by', 'staff.name'])
    .where('programme_drafts.tenant_id', '=', tenant)
    .executeTakeFirst();
  if (!row) return null;
  const programme = Programme.parse(row.programme);
  const { based_on: basedOn, saved_at } = row;
  const by = row.name ?? row.saved_by;
  return { programme, basedOn, by, savedAtMs: saved_at.getTime(), contradictions: checkProgramme(programme, shop) };
}

export async function discardDraft(trx: TenantTransaction, tenant: string): Promise<void> {
  await trx.deleteFrom('programme_drafts').where('tenant_id', '=', tenant).execute();
}
