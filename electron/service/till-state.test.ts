import { describe, expect, it } from 'vitest';
import type { JournalFault } from '#contract/till/index.ts';
import type { Link } from '#contract/till/state.ts';
import type { ClockState } from './sync/index.ts';
import { allLamps, type StateParts, tapToResultP95 } from './till-state.ts';

type Given = {
  link?: Partial<Link>;
  alarm?: unknown;
  clock?: ClockState;
  times?: number[];
  faults?: JournalFault[];
  enrolled?: boolean;
};

/** The parts as far as the lamps look at them. */
function parts({
  link = {},
  alarm = null,
  clock = { state: 'unknown' } as ClockState,
  times = [],
  faults = [],
  enrolled = true,
}: Given): StateParts {
  const engine = { alarm: () => alarm };
  return {
    loyalty: { reader: { recentTapToResultMs: (count: number) => times.slice(0, count) } },
    desk: { lamps: () => [] },
    link: () => ({ state: 'online', unsent: 0, centralUrl: 'https://central.example', ...link }),
    sync: { engine, serverClock: { state: () => clock }, enrolment: () => (enrolled ? {} : null) },
    keys: { protection: 'file' },
    startFaults: faults,
    demo: false,
    version: '0',
  } as unknown as StateParts;
}
const lamp = (part: string, given: Given) => {
  const { state, detail, facts } = allLamps(parts(given)).find((one) => one.part === part)!;
  return [state, detail, ...(facts ? [facts] : [])];
};

describe('the lamps', () => {
  it.each([
    ['online', 'ok'],
    ['offline', 'warn'],
    ['not-enrolled', 'absent'],
    ['quarantined', 'fault'],
    ['revoked', 'fault'],
  ] as const)('of a link that is %s', (state, shown) => {
    expect(lamp('network', { link: { state } })).toEqual([shown, state]);
  });

  it('of a server that is not believed, and of a revoked till, which says more', () => {
    expect(lamp('network', { alarm: { type: 'HeadWentBack' } })).toEqual(['fault', 'refused']);
    expect(lamp('network', { alarm: { type: 'HeadWentBack' }, link: { state: 'revoked' } })).toEqual([
      'fault',
      'revoked',
    ]);
  });

  it('of the queue: waiting only while nobody takes it', () => {
    expect(lamp('queue', { link: { unsent: 3 } })).toEqual(['ok', 'sent', { unsent: 3 }]);
    expect(lamp('queue', { link: { unsent: 3, state: 'offline' } })).toEqual(['warn', 'waiting', { unsent: 3 }]);
    expect(lamp('queue', { link: { unsent: 0, state: 'offline' } })).toEqual(['ok', 'sent', { unsent: 0 }]);
  });

  it('of a journal that did not read back, with the first entry at fault', () => {
    const faults = [
      { epoch: 1, seq: 41, what: 'hash' },
      { epoch: 1, seq: 42, what: 'link' },
    ];
    expect(lamp('queue', { faults })).toEqual(['fault', 'journal-faulty', { unsent: 0, entry: '1-41' }]);
  });

  it('of the keys', () => {
    expect(lamp('keys', {})).toEqual(['ok', 'file']);
    expect(lamp('keys', { enrolled: false })).toEqual(['absent', 'none']);
  });

  it('of a clock nobody has compared, a right one and a wrong one', () => {
    expect(lamp('clock', {})).toEqual(['absent', 'unknown']);
    expect(lamp('clock', { clock: { state: 'in-sync' } as ClockState })).toEqual(['ok', 'right']);
    const fast = { state: 'fast', byMs: 7_200_000 } as unknown as ClockState;
    expect(lamp('clock', { clock: fast })).toEqual(['warn', 'fast', { offsetMs: 7_200_000 }]);
  });
});

describe('[N11] tap to result', () => {
  it.each([
    [[], null],
    [[120], 120],
    [Array.from({ length: 20 }, (_, index) => 20 - index), 19],
    [Array.from({ length: 100 }, (_, index) => index + 1), 95],
    // Only the newest hundred count.
    [[...Array(100).fill(10), ...Array(100).fill(9_000)], 10],
  ] as const)('is the 95th percentile by nearest rank', (times, p95) => {
    expect(tapToResultP95(parts({ times: [...times] }))).toBe(p95);
  });
});
