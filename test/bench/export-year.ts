import { sql } from 'kysely';
import { inTenant } from '#backend/db/tenancy.ts';
import { type RunningCentral, startCentral } from '#test/harness/central.ts';
import { CentralTill } from '#test/harness/central-till.ts';
import { type Bench, row } from './row.ts';

const entries = 100_000;
const rounds = 5;

/** A year of a shop as a CSV file over HTTP, against one bare SELECT of the same rows in the same order by the same driver. */
export const exportYear: Bench = {
  ids: ['export-year'],
  async rows() {
    const central = await startCentral();
    try {
      const { tenant, token } = await shopWithAYear(central);
      const [files, reads]: [number[], number[]] = [[], []];
      for (let round = 0; round <= rounds; round++) {
        const read = await timed(() => bareRead(central, tenant));
        const file = await timed(() => exportOf(central, token));
        // The first round warms both.
        if (round === 0) continue;
        reads.push(read);
        files.push(file);
      }
      const note = `${entries} transactions, whole file received; reference: SELECT of the same rows, all in memory; medians of ${rounds} in turn, server and reader in one process`;
      const figures = { id: 'export-year', unit: 'ms', goal: { ratioAtMost: 3 } };
      return [row({ ...figures, value: median(files), reference: median(reads), note })];
    } finally {
      await central.stop();
    }
  },
};

async function shopWithAYear(central: RunningCentral): Promise<{ tenant: string; token: string }> {
  const till = await CentralTill.enrol(central.url, central.client(), central.seed.enrolmentCodes[0]!.code);
  const { tenant } = till.enrolment;
  await sql`
    INSERT INTO loyalty_transactions
      (tenant_id, terminal_id, epoch, seq, intention, kind, ticket_number, wall_time, received_at, card_number, staff,
       amount_minor, currency, points, balance, card_outcome)
    SELECT ${tenant}, ${till.id}, 1, n, gen_random_uuid(), 'loyalty.sale', '1-' || lpad(n::text, 6, '0'),
      at, at + interval '1 second', '0417' || lpad((n % 5000)::text, 6, '0'), 'cashier', 500 + n % 9000, 'XOF', 5 + n % 90,
      100 + n % 2000, 'applied'
    FROM (SELECT n, now() - n * interval '315 seconds' AS at FROM generate_series(1, ${entries}::int) AS n) AS year
  `.execute(central.owner);
  await sql`VACUUM ANALYZE loyalty_transactions`.execute(central.owner);
  const { code, pin } = central.seed.staff.find(({ role, shop }) => role === 'manager' && shop === 1)!;
  const { token } = await central.client().office.signIn({ code, password: pin });
  return { tenant, token };
}

const bareRead = (central: RunningCentral, tenant: string): Promise<number> =>
  inTenant(central.app, tenant, async (trx) => {
    const { rows } = await sql`
      SELECT * FROM loyalty_transactions WHERE tenant_id = ${tenant}
      ORDER BY wall_time DESC, terminal_id DESC, epoch DESC, seq DESC
    `.execute(trx);
    return rows.length;
  });

async function exportOf(central: RunningCentral, token: string): Promise<number> {
  const headers = { authorization: `Bearer ${token}` };
  const response = await fetch(`${central.url}/v1/office/transactions/export?format=csv`, { headers });
  let lines = -1;
  for await (const chunk of response.body!) for (const byte of chunk as Uint8Array) if (byte === 10) lines += 1;
  return lines;
}

async function timed(work: () => Promise<number>): Promise<number> {
  const startedMs = performance.now();
  const rows = await work();
  const tookMs = performance.now() - startedMs;
  if (rows !== entries) throw new Error(`${rows} rows, not ${entries}`);
  return tookMs;
}

const median = (figures: number[]): number => figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)]!;
