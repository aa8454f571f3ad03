import { expect, it } from 'vitest';
import { weakestOf } from './durability.ts';

const sound = { fsync: 'on', full_page_writes: 'on', synchronous_commit: 'on' };
const rows = (changes: Partial<typeof sound>) =>
  Object.entries({ ...sound, ...changes }).map(([name, setting]) => ({ name, setting }));

it('finds the setting under which a commit can be lost', () => {
  expect(weakestOf(rows({}))).toBeNull();
  expect(weakestOf(rows({ synchronous_commit: 'remote_apply' }))).toBeNull();
  expect(weakestOf(rows({ fsync: 'off' }))).toEqual({ setting: 'fsync', value: 'off' });
  expect(weakestOf(rows({ full_page_writes: 'off' }))).toEqual({ setting: 'full_page_writes', value: 'off' });
  expect(weakestOf(rows({ synchronous_commit: 'off' }))).toEqual({ setting: 'synchronous_commit', value: 'off' });
});
