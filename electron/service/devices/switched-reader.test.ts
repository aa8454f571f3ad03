import { beforeEach, describe, expect, it } from 'vitest';
import { SimulatedReader } from '#native/simulators/reader.ts';
import { blankCard } from '#test/harness/counter-cards.ts';
import { settle, VirtualClock } from '#test/harness/virtual-clock.ts';
import { createTaps } from '../loyalty/taps.ts';
import { createSwitchedReader } from './switched-reader.ts';

let clock: VirtualClock;
const newReader = () => new SimulatedReader({ after: (delayMs, task) => clock.after(delayMs, task) });
beforeEach(() => {
  clock = new VirtualClock();
});

describe('a reader that is exchanged for another', () => {
  it('goes on counting: no card on the new one is taken for one that was used on the old', async () => {
    const [old, fresh] = [newReader(), newReader()];
    const reader = createSwitchedReader(old);
    for (let taps = 0; taps < 3; taps++) old.present(blankCard());
    const used = reader.state().presence;
    expect(used).toBe(3);
    await reader.change(fresh);
    fresh.present(blankCard());
    expect(reader.state().presence).toBeGreaterThan(used);
    expect(await reader.waitForCard({ timeoutMs: 1000, afterPresence: used })).toEqual({
      ok: true,
      value: { presence: reader.state().presence },
    });
    await reader.change(old);
    expect(reader.state()).toMatchObject({ cardPresent: false });
    old.present(blankCard());
    expect(reader.state().presence).toBeGreaterThan(used + 1);
  });

  it('ends a wait that was under way, and the old reader is closed', async () => {
    const [old, fresh] = [newReader(), newReader()];
    const reader = createSwitchedReader(old);
    old.present(blankCard());
    const wait = reader.waitForCard({ timeoutMs: 30_000, afterPresence: reader.state().presence });
    await reader.change(fresh);
    expect(await wait).toMatchObject({ ok: false, error: { type: 'ReaderUnavailable' } });
    expect(old.card).toBeNull();
    expect(clock.waiting).toBe(0);
  });

  it('leaves a wait to its own end when that comes first', async () => {
    const reader = createSwitchedReader(newReader());
    const given = new AbortController();
    const cancelled = reader.waitForCard({ timeoutMs: 1000, signal: given.signal });
    given.abort();
    expect(await cancelled).toEqual({ ok: false, error: { type: 'Cancelled' } });
    const late = reader.waitForCard({ timeoutMs: 1000 });
    await clock.advance(1000);
    expect(await late).toEqual({ ok: false, error: { type: 'NoCardInTime', timeoutMs: 1000 } });
  });

  it('tells its listeners of the new reader, and no longer of the old', async () => {
    const [old, fresh] = [newReader(), newReader()];
    const reader = createSwitchedReader(old);
    const seen: string[] = [];
    const leave = reader.subscribe(({ status, cardPresent }) => seen.push(`${status} ${cardPresent}`));
    old.present(blankCard());
    await reader.change(fresh);
    old.plug();
    old.present(blankCard());
    fresh.unplug();
    leave();
    fresh.plug();
    expect(seen).toEqual(['ready true', 'ready false', 'absent false']);
  });

  it('lends the card of the reader in use', async () => {
    const [old, fresh] = [newReader(), newReader()];
    const reader = createSwitchedReader(old);
    await reader.change(fresh);
    fresh.present(blankCard());
    expect(await reader.withCard(async () => 'lent')).toEqual({ ok: true, value: 'lent' });
    await reader.close();
    await settle();
    expect(await reader.withCard(async () => 'lent')).toEqual({ ok: false, error: { type: 'CardRemoved' } });
  });
});

describe('what is a tap', () => {
  const taps = () => {
    const reader = newReader();
    return { reader, taps: createTaps(reader) };
  };

  it('is a card laid down on an empty reader, also in place of another', () => {
    const { reader, taps: seen } = taps();
    reader.present(blankCard());
    reader.present(blankCard());
    expect([seen.lying, reader.state().presence]).toEqual([0, 2]);
  });

  it('is none that lies there when the reader is first seen, or comes back', () => {
    const reader = newReader();
    reader.present(blankCard());
    const seen = createTaps(reader);
    expect(seen.lying).toBe(1);
    reader.remove();
    reader.present(blankCard());
    expect(seen.lying).toBe(1);
    reader.unplug();
    reader.plug();
    expect(seen.lying).toBe(reader.state().presence);
  });

  it('never goes back', () => {
    const { taps: seen } = taps();
    seen.use(5);
    seen.use(3);
    expect(seen.used).toBe(5);
  });
});
