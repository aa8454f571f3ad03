import { expect, it } from 'vitest';
import { loadPcsc } from './library.ts';

it('answers that the library is missing where the machine has none', async () => {
  const elsewhere = process.platform === 'win32' ? 'linux' : 'win32';
  expect(await loadPcsc(elsewhere)).toMatchObject({
    ok: false,
    error: { type: 'CardServiceUnavailable', detail: expect.stringMatching(/^PcscLibraryMissing: /) },
  });
});
