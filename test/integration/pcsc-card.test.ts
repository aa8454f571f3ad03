import { expect, it } from 'vitest';
import { inPcscNamespace } from '#test/harness/pcscd.ts';

it('[T6] [T15] writes two sales on a card that is never lifted, each in six exchanges, through a real pcscd', async () => {
  const { exitCode, lines, stderr } = await inPcscNamespace(new URL('./pcsc-card-scenario.ts', import.meta.url));
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(lines).toEqual([
    {
      sales: [
        { before: 0, exchanges: 6 },
        { before: 12, exchanges: 6 },
      ],
    },
  ]);
});
