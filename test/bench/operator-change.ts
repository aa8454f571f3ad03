import { hash, verify } from '@node-rs/argon2';
import { managersBadge, newIntention, OpenTill, pins } from '#test/harness/composed-service.ts';
import { type Bench, row } from './row.ts';

const changes = 40;
/** As `backend/parties/passwords.ts` makes a PIN's hash. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/**
 * From the last key of a PIN, or the end of a badge's scan, to the open till: through the door, with the hash as the server makes
 * it, every try counted on the disk first and the sign-in durable. There is no server to be reached.
 */
export const operatorChange: Bench = {
  ids: ['operator-change', 'operator-change-badge'],
  async rows() {
    const till = await OpenTill.open(null, cost);
    try {
      const client = await till.page();
      const byPin = await timed(changes, (round) => {
        const code = round % 2 === 0 ? 'awa' : 'marc';
        return client.staff.signIn({ intention: newIntention(), code, pin: pins[code] });
      });
      const byBadge = await timed(changes, () =>
        client.staff.signInByBadge({ intention: newIntention(), badge: managersBadge }),
      );
      const hashed = await hash(pins.awa, cost);
      const bareMs = median(await timed(changes, () => verify(hashed, pins.awa)));
      const goal = { valueAtMost: 2_000 };
      return [
        row({
          id: 'operator-change',
          value: p95(byPin),
          unit: 'ms',
          reference: bareMs,
          goal,
          note: `p95 of ${changes} changes of operator by PIN, offline; reference: a bare Argon2id check of one PIN`,
        }),
        row({
          id: 'operator-change-badge',
          value: p95(byBadge),
          unit: 'ms',
          goal,
          note: `p95 of ${changes} changes by badge, offline`,
        }),
      ];
    } finally {
      await till.close();
    }
  },
};

async function timed(times: number, act: (round: number) => Promise<unknown>): Promise<number[]> {
  const taken: number[] = [];
  for (let round = 0; round < times; round += 1) {
    const start = performance.now();
    await act(round);
    taken.push(performance.now() - start);
  }
  return taken.sort((a, b) => a - b);
}

const p95 = (sorted: number[]) => sorted[Math.ceil(sorted.length * 0.95) - 1]!;
const median = (sorted: number[]) => sorted[Math.floor(sorted.length / 2)]!;
