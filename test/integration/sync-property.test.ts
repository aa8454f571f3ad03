import fc from 'fast-check';
import { expect, it } from 'vitest';
import { FarEnd, type Trouble } from '#test/harness/far-end.ts';
import { SyncTill, testEnrolment } from '#test/harness/sync-till.ts';
import { settle, VirtualClock } from '#test/harness/virtual-clock.ts';

type Step =
  | { do: 'append'; count: number }
  | { do: 'trouble'; trouble: Trouble }
  | { do: 'cut'; cut: boolean }
  | { do: 'wait'; ms: number }
  | { do: 'breathe' }
  | { do: 'shift-clock'; byMs: number }
  | { do: 'crash' };

const troubles: Trouble[] = [
  'none',
  'refuses',
  'hangs',
  'answers-500',
  'accepts-then-dies',
  'half-accepts-then-dies',
  'old-head',
  'forged-head',
  'html',
  'bad-feed',
];
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('append' as const), count: fc.integer({ min: 1, max: 250 }) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('trouble' as const), trouble: fc.constantFrom(...troubles) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cut' as const), cut: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 20_000 }) }) },
  { weight: 2, arbitrary: fc.constant({ do: 'breathe' as const }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('shift-clock' as const),
      byMs: fc.integer({ min: -86_400_000, max: 86_400_000 }),
    }),
  },
  { weight: 2, arbitrary: fc.constant({ do: 'crash' as const }) },
);

async function take(step: Step, till: SyncTill, server: FarEnd, clock: VirtualClock): Promise<void> {
  switch (step.do) {
    case 'append':
      return till.append(step.count);
    case 'trouble':
      server.trouble = step.trouble;
      return;
    case 'cut':
      return till.sync.setLinkCut(step.cut);
    case 'wait':
      return clock.advance(step.ms);
    case 'breathe':
      // One turn: what follows meets sync in the middle of something.
      return new Promise((resolve) => setImmediate(resolve));
    case 'shift-clock':
      return clock.shiftWall(step.byMs);
    case 'crash':
      await till.crash();
      return till.sync.engine.start();
  }
}

it('[T17] whatever happens to link, server, clock and till, the server ends with the journal, each entry once (invariants 9, 12, 14, 16)', async () => {
  let runs = 0;
  const property = fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 14 }), async (steps) => {
    const clock = new VirtualClock();
    const startMs = clock.wallMs();
    const server = new FarEnd({
      nowMs: () => startMs + clock.monotonicMs(),
      terminalKeySpki: () => till.keys.publicKeySpkiBase64,
    });
    const till = await SyncTill.open({ clock, fetch: (url, init) => server.fetch(url, init) });
    try {
      till.enrolAs({ centralUrl: 'http://central.test', enrolment: testEnrolment(server.serverPublicKey) });
      till.sync.engine.start();
      let headSeq = 0;
      for (const next of steps) {
        await take(next, till, server, clock);
        const seq = till.store.reader.acknowledged()?.head.seq ?? 0;
        expect(seq).toBeGreaterThanOrEqual(headSeq);
        expect(seq).toBeLessThanOrEqual(server.rows.length);
        headSeq = seq;
      }
      server.trouble = 'none';
      till.sync.setLinkCut(false);
      await clock.advance(60_000);
      await settle();
      expect(server.rows.map(({ hash }) => hash)).toEqual(till.hashes());
      expect(till.sync.engine.state()).toMatchObject({ state: 'online', unsent: 0 });
      expect(till.sync.engine.alarm()).toBeNull();
      expect(till.defects).toEqual([]);
      runs += 1;
    } finally {
      await till.close();
    }
  });
  await fc.assert(property, { numRuns: 60 });
  expect(runs).toBeGreaterThanOrEqual(60);
});
