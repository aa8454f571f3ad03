import { describe, expect, it } from 'vitest';
import { inPcscNamespace } from '#test/harness/pcscd.ts';

/** Plays one scenario of loyalty-card-scenarios.ts beside a pcscd of its own and answers what it reported. */
async function play(name: string): Promise<unknown> {
  const script = new URL('./loyalty-card-scenarios.ts', import.meta.url);
  const { exitCode, lines, stderr } = await inPcscNamespace(script, [name]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(lines).toHaveLength(1);
  return lines[0];
}

describe('the loyalty card through the system PC/SC service', () => {
  it('[T6] [T15] [T26] sells in six exchanges on a contactless reader', async () => {
    expect(await play('contactless sale')).toEqual({ sale: { outcome: 'sold', exchanges: 6 }, newest: 'earn' });
  });

  it('[T15] sells in nine on a contact reader, which cannot tell the UID', async () => {
    expect(await play('contact sale')).toEqual({ sale: { outcome: 'sold', exchanges: 9 } });
  });

  it('[T6] leaves the card as it was when it is pulled before the commit', async () => {
    expect(await play('torn before')).toEqual({ sale: { outcome: 'CommitUnknown', exchanges: 6 }, newest: 'issue' });
  });

  it('[T6] finds the sale on the card when it is pulled after the commit', async () => {
    expect(await play('torn after')).toEqual({ sale: { outcome: 'CommitUnknown', exchanges: 6 }, newest: 'earn' });
  });

  it('[T36] refuses a blank card and a card of another kind', async () => {
    expect(await play('not ours')).toEqual({ blank: { outcome: 'NotOurs' }, other: { outcome: 'NotOurs' } });
  });
});
