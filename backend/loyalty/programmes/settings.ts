import type { TenantTransaction } from '#backend/db/tenancy.ts';
import { refusal } from '#backend/refusal.ts';
import { publish } from '#backend/terminals/feed.ts';
import type { CentralError } from '#contract/central/errors.ts';
import { defaultSettings, ShopSettings } from '#contract/loyalty/shop-settings.ts';
import { err, ok, type Result } from '#contract/result/index.ts';

type Changing = { settings: ShopSettings; basedOn: number; by: string; atMs: number };

/** How the shop wants its counters, and who last said so; version 0 where nobody has. */
export async function settingsOf(trx: TenantTransaction, tenant: string) {
  const row = await trx
    .selectFrom('shop_settings')
    .leftJoin('staff', (join) =>
      join.onRef('staff.tenant_id', '=', 'shop_settings.tenant_id').onRef('staff.code', '=', 'changed_by'),
    )
    .select(['settings', 'version', 'changed_at', 'changed_by', 'staff.name'])
    .where('shop_settings.tenant_id', '=', tenant)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!row) return { settings: defaultSettings, version: 0, atMs: null, by: null };
  const { version, changed_at } = row;
  const by = row.name ?? row.changed_by;
  return { settings: ShopSettings.parse(row.settings), version, atMs: changed_at.getTime(), by };
}

/** The tills have them at their next feed round. Refusals: VersionChanged (`version`) */
export async function saveSettings(
  trx: TenantTransaction,
  tenant: string,
  { settings, basedOn, by, atMs }: Changing,
): Promise<Result<{ version: number }, CentralError>> {
  const { version } = await settingsOf(trx, tenant);
  if (version !== basedOn) return err(refusal('VersionChanged', { version }));
  const next = basedOn + 1;
  const { numInsertedOrUpdatedRows: added } = await trx
    .insertInto('shop_settings')
    .values({
      tenant_id: tenant,
      version: next,
      settings: JSON.stringify(settings),
      changed_at: new Date(atMs),
      changed_by: by,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow();
  if (!added) return err(refusal('VersionChanged', { version: next }));
  await publish(trx, tenant, { item: 'settings', settings });
  return ok({ version: next });
}
