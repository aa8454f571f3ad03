import type { JournalFault, StatusReport } from '#contract/till/index.ts';
import type { Lamp, Link, TillState } from '#contract/till/state.ts';
import type { Desk } from './devices/desk.ts';
import type { TerminalKeys } from './keys/index.ts';
import type { LoyaltyParts } from './loyalty/parts.ts';
import type { ClockState, Sync } from './sync/index.ts';

/** The parts whose state the screens show. */
export type StateParts = {
  loyalty: LoyaltyParts;
  desk: Desk;
  sync: Sync;
  link: () => Link;
  keys: Pick<TerminalKeys, 'protection'>;
  /** What the last entries of the journal were found to lack when the store was opened. */
  startFaults: readonly JournalFault[];
  demo: boolean;
  training: boolean;
  version: string;
};

/** N11: over how many of the last sales the tap-to-result time is reckoned. */
const measuredSales = 100;

/** The 95th percentile (nearest rank) of the last sales; null before the first. */
export function tapToResultP95(parts: StateParts): number | null {
  const times = parts.loyalty.reader.recentTapToResultMs(measuredSales).toSorted((a, b) => a - b);
  return times[Math.ceil(times.length * 0.95) - 1] ?? null;
}

export function allLamps(parts: StateParts): Lamp[] {
  const link = parts.link();
  return [
    ...parts.desk.lamps(),
    networkLamp(link, parts.sync.engine.alarm() !== null),
    clockLamp(parts.sync.serverClock.state()),
    keysLamp(parts),
    queueLamp(link, parts.startFaults),
  ];
}

/** `refused`: the server answers, and what it says must not be believed or cannot be taken (an old head, a forged one). */
function networkLamp(link: Link, alarm: boolean): Lamp {
  const states = {
    online: 'ok',
    offline: 'warn',
    'not-enrolled': 'absent',
    quarantined: 'fault',
    revoked: 'fault',
  } as const;
  const refused = alarm && (link.state === 'online' || link.state === 'offline');
  return {
    part: 'network',
    state: refused ? 'fault' : states[link.state],
    detail: refused ? 'refused' : link.state,
    ...(link.centralUrl ? { address: link.centralUrl } : {}),
  };
}

function clockLamp(clock: ClockState): Lamp {
  if (clock.state === 'unknown') return { part: 'clock', state: 'absent', detail: 'unknown' };
  if (clock.state === 'in-sync') return { part: 'clock', state: 'ok', detail: 'right' };
  return { part: 'clock', state: 'warn', detail: clock.state, facts: { offsetMs: clock.byMs } };
}

function keysLamp(parts: StateParts): Lamp {
  return parts.sync.enrolment()
    ? { part: 'keys', state: 'ok', detail: parts.keys.protection }
    : { part: 'keys', state: 'absent', detail: 'none' };
}

function queueLamp({ unsent, state }: Link, faults: readonly JournalFault[]): Lamp {
  const [first] = faults;
  if (first) {
    return {
      part: 'queue',
      state: 'fault',
      detail: 'journal-faulty',
      facts: { unsent, entry: `${first.epoch}-${first.seq}` },
    };
  }
  const waiting = unsent > 0 && state !== 'online';
  return { part: 'queue', state: waiting ? 'warn' : 'ok', detail: waiting ? 'waiting' : 'sent', facts: { unsent } };
}

/** Everything the counter's screens show that changes by itself. */
export function tillState(parts: StateParts): TillState {
  const { loyalty, desk, sync } = parts;
  const enrolment = sync.enrolment();
  const shop = enrolment?.shop;
  return {
    terminal: enrolment
      ? { id: enrolment.terminal, label: enrolment.label, ticketPrefix: enrolment.ticketPrefix }
      : null,
    shop: shop ? { id: shop.id, name: shop.name, address: shop.address } : null,
    currency: enrolment?.currency ?? 'XOF',
    ticketLanguage: enrolment?.ticketLanguage ?? 'fr',
    programme: loyalty.feed.programme(),
    lamps: allLamps(parts),
    link: parts.link(),
    clockOffsetMs: sync.serverClock.offsetMs(),
    tapToResultP95Ms: tapToResultP95(parts),
    registerAmount: desk.register.amount,
    demo: parts.demo,
    training: parts.training,
    devices: desk.setting('reader')?.address.startsWith('simulated:') ? 'simulated' : 'real',
    idleLockSeconds: loyalty.feed.settings().idleLockSeconds,
    version: parts.version,
    nowMs: loyalty.clock.wallMs(),
  };
}

/** One look at the till, for support and scripts. */
export function statusReport(parts: StateParts): StatusReport {
  const { state, ...link } = parts.link();
  return {
    link: state,
    ...link,
    clockOffsetMs: parts.sync.serverClock.offsetMs(),
    devices: allLamps(parts),
    terminal: parts.sync.enrolment()?.terminal ?? null,
    registerAmount: parts.desk.register.amount,
    tapToResultP95Ms: tapToResultP95(parts),
    versions: { comptoir: parts.version, node: process.version },
  };
}
