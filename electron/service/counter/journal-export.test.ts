import readExcel from 'read-excel-file/node';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newIntention, OpenTill, pins } from '#test/harness/composed-service.ts';

let till: OpenTill;
beforeAll(async () => {
  till = await OpenTill.open();
  const client = await till.client();
  for (let turn = 0; turn < 3; turn++) {
    await client.staff.signIn({ intention: newIntention(), code: 'awa', pin: pins.awa });
    await client.staff.signOut();
  }
});
afterAll(() => till.close());

type Asked = { format: 'csv' | 'xlsx' | 'json'; from?: string | null; to?: string | null };

async function fileOf(asked: Asked): Promise<{ bytes: Buffer; entries: number }> {
  const client = await till.client();
  const pieces: Buffer[] = [];
  let entries = -1;
  for await (const piece of await client.journal.export(asked)) {
    if (piece.piece === 'bytes') pieces.push(Buffer.from(piece.base64, 'base64'));
    else entries = piece.entries;
  }
  return { bytes: Buffer.concat(pieces), entries };
}

it('[T24] [T37] gives the whole journal as CSV, XLSX and JSON, oldest first', async () => {
  const { total, entries: list } = await (await till.client()).journal.list({ limit: 500 });
  const json = await fileOf({ format: 'json' });
  expect(json.entries).toBe(total);
  expect(JSON.parse(json.bytes.toString('utf8'))).toEqual(list.toReversed());
  const csv = (await fileOf({ format: 'csv' })).bytes.toString('utf8').split('\r\n');
  expect(csv[0]).toMatch(/^\ufeffÉcriture;Date;Nature;/);
  expect(csv).toHaveLength(total + 2);
  const [sheet] = await readExcel((await fileOf({ format: 'xlsx' })).bytes);
  expect(sheet!.data.slice(1).map(([entry]) => entry)).toEqual(list.map(({ entry }) => entry).toReversed());
});

it('[T24] gives the entries of the days asked for, both included, and none of another', async () => {
  const { total, entries } = await (await till.client()).journal.list({ limit: 500 });
  const day = entries[0]!.wallTime.slice(0, 10);
  const days = new Set(entries.map(({ wallTime }) => wallTime.slice(0, 10)));
  expect(days.size).toBe(1);
  expect((await fileOf({ format: 'json', from: day, to: day })).entries).toBe(total);
  expect(await fileOf({ format: 'json', from: '2100-01-01' })).toEqual({ entries: 0, bytes: Buffer.from('[]\n') });
  await expect(fileOf({ format: 'json', from: '2026-13-01' })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
});
