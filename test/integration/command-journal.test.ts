import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import readExcel from 'read-excel-file/node';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { comptoirText, Demo } from '#test/harness/demo.ts';

let demo: Demo;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'comptoir-journal-'));
  demo = await Demo.start();
  await demo.lay(1);
  await demo.comptoir('sale', '--amount', '1250');
});
afterAll(async () => {
  await demo?.remove();
  rmSync(folder, { recursive: true, force: true });
});

it('[T24] [T37] exports the till’s own journal onto standard output, where nothing else stands', async () => {
  const { status, stdout, stderr } = await comptoirText([
    ...['journal', 'export', '--format', 'csv', '--lang', 'fr', '--data', demo.data],
  ]);
  expect(status).toBe(0);
  const lines = stdout.split('\r\n');
  expect(lines[0]).toMatch(/^\ufeffÉcriture;Date;Nature;Détail;Carte;/);
  expect(lines.filter((line) => line.includes(';loyalty.sale;'))).toHaveLength(1);
  expect(lines.find((line) => line.includes(';loyalty.sale;'))).toContain(';1250;12;');
  expect(stderr).toContain('écritures');
});

it('[T24] writes a workbook into a file, and says how many entries it holds', async () => {
  const file = join(folder, 'journal.xlsx');
  const { status, json } = await demo.comptoir('journal', 'export', '--format', 'xlsx', '--output', file);
  const list = await demo.comptoir('journal', 'list', '--limit', '500');
  const entries = list.json.ok ? (list.json.value.entries as { entry: string }[]) : [];
  expect({ status, json }).toMatchObject({ status: 0, json: { ok: true, value: { entries: entries.length, file } } });
  const [sheet] = await readExcel(readFileSync(file));
  expect(sheet!.data.slice(1).map(([entry]) => entry)).toEqual(entries.map(({ entry }) => entry).toReversed());
});

it('gives one document with --json, and refuses what it cannot do before or after', async () => {
  const { json } = await demo.comptoir('journal', 'export', '--format', 'json', '--from', '2000-01-01');
  const content = json.ok ? JSON.parse(String(json.value.content)) : [];
  expect(content.map(({ kind }: { kind: string }) => kind)).toContain('loyalty.sale');
  const export_ = (...more: string[]) => demo.comptoir('journal', 'export', ...more);
  expect((await export_()).status).toBe(2);
  expect((await export_('--format', 'doc')).status).toBe(2);
  expect((await export_('--format', 'csv', '--from', 'yesterday')).status).toBe(2);
  const nowhere = await export_('--format', 'csv', '--output', join(folder, 'no', 'such', 'folder'));
  expect(nowhere).toMatchObject({ status: 3, json: { ok: false, error: { type: 'InvalidRequest' } } });
});
