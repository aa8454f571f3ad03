/** A setting under which an acknowledged commit can be lost. */
export type WeakSetting = { setting: string; value: string };

/** What must be as it should before money goes into a database; read back in a session, never assumed. */
export const durableSettings = {
  names: ['fsync', 'full_page_writes', 'synchronous_commit'],
  query: 'SELECT name, setting FROM pg_settings WHERE name = ANY($1::text[]) ORDER BY name',
};

/** `synchronous_commit` may also wait for a standby; anything but `off` syncs the disk here. */
export function weakestOf(rows: readonly { name: string; setting: string }[]): WeakSetting | null {
  const weak = rows.find(({ name, setting }) => (name === 'synchronous_commit' ? setting === 'off' : setting !== 'on'));
  return weak ? { setting: weak.name, value: weak.setting } : null;
}
