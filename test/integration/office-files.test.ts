import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import readExcel from 'read-excel-file/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CentralClient, type RunningCentral, startCentral } from '#test/harness/central.ts';
import { CentralTill } from '#test/harness/central-till.ts';

let central: RunningCentral;
let till: CentralTill;
let folder: string;
const tokens = new Map<string, string>();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'comptoir-files-'));
  central = await startCentral();
  till = await newTill(1);
  for (const [index, day] of ['2026-11-01', '2026-11-02', '2026-11-03'].entries()) {
    till.sale(1_000 * (index + 1), { wallTime: `${day}T23:59:59.100Z`, cardNumber: `041720932${index}` });
  }
  await till.push();
});
afterAll(async () => {
  await central?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function newTill(shop: number): Promise<CentralTill> {
  const at = central.seed.enrolmentCodes.findIndex((code) => code.shop === shop);
  const [{ code } = { code: '' }] = central.seed.enrolmentCodes.splice(at, 1);
  return CentralTill.enrol(central.url, central.client(), code);
}

async function tokenOf(code: string): Promise<string> {
  const password = central.seed.staff.find((person) => person.code === code)!.pin;
  const token = tokens.get(code) ?? (await central.client().office.signIn({ code, password })).token;
  tokens.set(code, token);
  return token;
}
const officeOf = async (code: string): Promise<CentralClient> =>
  central.client({ authorization: `Bearer ${await tokenOf(code)}` });
const get = async (path: string, token: string | null): Promise<Response> =>
  fetch(central.url + path, token === null ? {} : { headers: { authorization: `Bearer ${token}` } });
const refused = async (response: Response) => [response.status, (await response.json()).data?.type];

/** Rows as Python's csv module reads them: another reader than ours. */
function csvRows(bytes: Uint8Array, delimiter: string): string[][] {
  const file = join(folder, 'read.csv');
  writeFileSync(file, bytes);
  const program = `import csv, json, sys
print(json.dumps(list(csv.reader(open(sys.argv[1], encoding='utf-8-sig', newline=''), delimiter=sys.argv[2]))))`;
  return JSON.parse(execFileSync('python3', ['-c', program, file, delimiter], { encoding: 'utf8' }));
}
const bytesOf = async (response: Response) => new Uint8Array(await response.arrayBuffer());

describe('a list as a file', () => {
  it('[T24] CSV between two dates, with the filters of the list, read back by Python', async () => {
    const path = '/v1/office/transactions/export?format=csv&from=2026-11-01&to=2026-11-02';
    const response = await get(path, await tokenOf('manager'));
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(response.headers.get('content-disposition')).toBe(
      'attachment; filename="transactions-2026-11-01-2026-11-02.csv"',
    );
    expect(response.headers.get('x-comptoir-rows')).toBe('2');
    const [head, ...rows] = csvRows(await bytesOf(response), ';');
    expect(head!.slice(0, 8)).toEqual(['Date', 'Ticket', 'Carte', 'Nature', 'Caisse', 'Par', 'Montant', 'Devise']);
    expect(rows.map((row) => row.slice(0, 9))).toEqual([
      [
        '2026-11-02 23:59:59',
        '1-000003',
        '0417 2093 21',
        'Achat',
        till.enrolment.label,
        'Awa Koné',
        '2000',
        'XOF',
        '20',
      ],
      [
        '2026-11-01 23:59:59',
        '1-000002',
        '0417 2093 20',
        'Achat',
        till.enrolment.label,
        'Awa Koné',
        '1000',
        'XOF',
        '10',
      ],
    ]);
    const found = await get(
      '/v1/office/transactions/export?format=csv&language=en&search=1-000004',
      await tokenOf('manager'),
    );
    expect(csvRows(await bytesOf(found), ',').map(([, ticket]) => ticket)).toEqual(['Ticket', '1-000004']);
  });

  it('[T24] XLSX with real numbers and dates, read back by read-excel-file', async () => {
    const response = await get('/v1/office/transactions/export?format=xlsx&to=2026-11-03', await tokenOf('auditor'));
    const [sheet] = await readExcel(Buffer.from(await bytesOf(response)));
    expect(sheet!.data).toHaveLength(4);
    expect(sheet!.data[1]!.slice(0, 9)).toEqual([
      new Date('2026-11-03T23:59:59.100Z'),
      '1-000004',
      '0417 2093 22',
      'Achat',
      till.enrolment.label,
      'Awa Koné',
      3000,
      'XOF',
      30,
    ]);
  });

  it('[T24] JSON is what the list gives', async () => {
    const response = await get('/v1/office/transactions/export?format=json&to=2026-11-02', await tokenOf('manager'));
    const { transactions } = await (await officeOf('manager')).office.transactions({ to: '2026-11-02' });
    expect(await response.json()).toEqual(transactions);
  });

  it('gives tills and staff the same way, without a hash', async () => {
    const tills = await get('/v1/office/terminals/export?format=json', await tokenOf('manager'));
    expect(await tills.json()).toMatchObject([{ label: till.enrolment.label, state: 'active', entries: 4 }]);
    const staff = await (await get('/v1/office/staff/export?format=csv', await tokenOf('manager'))).text();
    expect(staff).toContain('Awa Koné;cashier;caisse;oui;non;cashier');
    expect(staff).not.toContain('argon2');
  });

  it('[T24] a link gives the file once, without a token, and is no use after a minute or to anyone twice', async () => {
    const office = await officeOf('manager');
    const { url } = await office.office.exportLink({ list: 'transactions', format: 'csv', to: '2026-11-01' });
    const first = await get(url, null);
    expect(first.headers.get('content-disposition')).toContain('transactions-2026-11-01.csv');
    expect(csvRows(await bytesOf(first), ';')).toHaveLength(2);
    expect(await refused(await get(url, null))).toEqual([404, 'NotFound']);
    const { url: late } = await office.office.exportLink({ list: 'transactions', format: 'csv' });
    await central.owner
      .updateTable('export_links')
      .set({ expires_at: new Date(0) })
      .execute();
    expect(await refused(await get(late, null))).toEqual([404, 'NotFound']);
    expect(central.log.join('')).not.toContain(url.split('=')[1]);
  });

  it('refuses what cannot be read, who is not signed in, and a list there is none of', async () => {
    const token = await tokenOf('manager');
    expect(await refused(await get('/v1/office/transactions/export?format=csv', null))).toEqual([401, 'NotSignedIn']);
    expect(await refused(await get('/v1/office/transactions/export?format=csv&from=yesterday', token))).toEqual([
      422,
      'InvalidRequest',
    ]);
    expect(await refused(await get('/v1/office/transactions/export?format=doc', token))).toEqual([
      422,
      'InvalidRequest',
    ]);
    expect(await refused(await get('/v1/office/secrets/export?format=csv', token))).toEqual([422, 'InvalidRequest']);
  });

  it('lets two files at once go to a shop, no third, and goes on when one of them is given up', async () => {
    const many = 60_000;
    await seedRows(many);
    const token = await tokenOf('manager');
    const open = async () => {
      const stop = new AbortController();
      const headers = { authorization: `Bearer ${token}` };
      const response = await fetch(`${central.url}/v1/office/transactions/export?format=json`, {
        headers,
        signal: stop.signal,
      });
      const reader = response.body!.getReader();
      await reader.read();
      return { response, stop, reader };
    };
    const [first, second] = [await open(), await open()];
    expect(await refused(await get('/v1/office/transactions/export?format=csv', token))).toEqual([
      422,
      'TooManyRequests',
    ]);
    first.stop.abort();
    await expect.poll(async () => (await get('/v1/office/transactions/export?format=csv', token)).status).toBe(200);
    let read = 0;
    for (;;) {
      const { done, value } = await second.reader.read();
      if (done) break;
      read += value.length;
    }
    expect(read).toBeGreaterThan(many * 200);
  });
});

/** Rows straight into the projection: the export reads nothing else. */
async function seedRows(count: number): Promise<void> {
  await sql`
    INSERT INTO loyalty_transactions
      (tenant_id, terminal_id, epoch, seq, intention, kind, ticket_number, wall_time, received_at, card_number, staff,
       amount_minor, currency, points, balance)
    SELECT ${till.enrolment.tenant}, ${till.id}, 9, n, gen_random_uuid(), 'loyalty.sale', '9-' || n,
      now() - n * interval '1 minute', now(), '0417209320', 'cashier', 1000, 'XOF', 10, 10
    FROM generate_series(1, ${count}::int) AS n
  `.execute(central.owner);
}
