import { describe, expect, it } from 'vitest';
import { GET_UID } from '#native/cards/apdu.ts';
import { fromHex, zeros } from '#native/cards/bytes.ts';
import type { ReaderState } from '#native/cards/transport.ts';
import { VirtualDesfire } from './desfire/virtual-desfire.ts';
import { SimulatedReader } from './reader.ts';

const UID = fromHex('04112233445566');
const card = () => new VirtualDesfire({ uid: UID, randomBytes: zeros });

/** A clock of which the test moves the hand. */
const bench = () => {
  let due: (() => void)[] = [];
  const after = (_delayMs: number, task: () => void) => {
    due.push(task);
    return () => {
      due = due.filter((other) => other !== task);
    };
  };
  const reader = new SimulatedReader({ after });
  return { reader, expire: () => [...due].map((task) => task()), waiting: () => due.length };
};

describe('the simulated reader', () => {
  it('[N8] tells of cards and of its cable', () => {
    const { reader } = bench();
    const seen: Pick<ReaderState, 'status' | 'cardPresent' | 'presence'>[] = [];
    const leave = reader.subscribe(({ status, cardPresent, presence }) => seen.push({ status, cardPresent, presence }));
    reader.present(card());
    reader.remove();
    reader.unplug();
    reader.present(card());
    reader.plug();
    leave();
    reader.remove();
    expect(seen).toEqual([
      { status: 'ready', cardPresent: true, presence: 1 },
      { status: 'ready', cardPresent: false, presence: 1 },
      { status: 'absent', cardPresent: false, presence: 1 },
      { status: 'ready', cardPresent: true, presence: 2 },
    ]);
  });

  it('[N8] answers Get UID itself and passes the rest on', async () => {
    const { reader } = bench();
    reader.present(card());
    const answers = await reader.withCard(async (lent) => [
      await lent.transmit(GET_UID),
      await lent.transmit(fromHex('906A000000')),
    ]);
    expect(answers).toEqual({
      ok: true,
      value: [
        { ok: true, value: fromHex('04112233445566 9000') },
        { ok: true, value: fromHex('9100') },
      ],
    });
  });

  it('waits for a card, and takes one that lies there only if it is new', async () => {
    const { reader, waiting } = bench();
    reader.present(card());
    expect(await reader.waitForCard({ timeoutMs: 1000 })).toEqual({ ok: true, value: { presence: 1 } });
    const next = reader.waitForCard({ timeoutMs: 1000, afterPresence: 1 });
    reader.remove();
    reader.present(card());
    expect(await next).toEqual({ ok: true, value: { presence: 2 } });
    expect(waiting()).toBe(0);
  });

  it('ends a wait in time, by cancelling, or for want of a reader', async () => {
    const { reader, expire } = bench();
    const late = reader.waitForCard({ timeoutMs: 1000 });
    expire();
    expect(await late).toEqual({ ok: false, error: { type: 'NoCardInTime', timeoutMs: 1000 } });
    const abort = new AbortController();
    const cancelled = reader.waitForCard({ timeoutMs: 1000, signal: abort.signal });
    abort.abort();
    expect(await cancelled).toEqual({ ok: false, error: { type: 'Cancelled' } });
    expect(await reader.waitForCard({ timeoutMs: 1000, signal: abort.signal })).toMatchObject({ ok: false });
    reader.unplug();
    const absent = reader.waitForCard({ timeoutMs: 1000 });
    expire();
    expect(await absent).toEqual({ ok: false, error: { type: 'ReaderUnavailable', detail: 'unplugged' } });
  });

  it('uses a reader that comes back during the wait', async () => {
    const { reader } = bench();
    reader.unplug();
    reader.present(card());
    const wait = reader.waitForCard({ timeoutMs: 1000 });
    reader.plug();
    expect(await wait).toEqual({ ok: true, value: { presence: 1 } });
  });

  it('lends the card to one at a time', async () => {
    const { reader } = bench();
    reader.present(card());
    const order: string[] = [];
    const use = (name: string) =>
      reader.withCard(async (lent) => {
        order.push(`${name} begins`);
        await lent.transmit(fromHex('906A000000'));
        order.push(`${name} ends`);
      });
    await Promise.all([use('first'), use('second')]);
    expect(order).toEqual(['first begins', 'first ends', 'second begins', 'second ends']);
  });

  it('a borrower that throws does not keep the card from the next', async () => {
    const { reader } = bench();
    reader.present(card());
    await expect(reader.withCard(async () => Promise.reject(new Error('defect')))).rejects.toThrow('defect');
    expect(await reader.withCard(async () => 'served')).toEqual({ ok: true, value: 'served' });
  });

  it('[N8] a torn card is gone, and a card laid down again is another presence', async () => {
    const { reader } = bench();
    const torn = card();
    reader.present(torn);
    torn.tearAt(1);
    const answer = await reader.withCard(async (lent) => {
      const first = await lent.transmit(fromHex('906A000000'));
      reader.present(torn);
      return [first, await lent.transmit(fromHex('906A000000'))];
    });
    expect(answer).toEqual({
      ok: true,
      value: [
        { ok: false, error: { type: 'CardRemoved' } },
        { ok: false, error: { type: 'CardRemoved' } },
      ],
    });
    expect(reader.state()).toMatchObject({ cardPresent: true, presence: 2 });
  });

  it('says at once when there is no card or no reader to lend', async () => {
    const { reader } = bench();
    expect(await reader.withCard(async () => 1)).toEqual({ ok: false, error: { type: 'CardRemoved' } });
    reader.present(card());
    const during = await reader.withCard(async (lent) => {
      reader.unplug();
      return lent.transmit(fromHex('906A000000'));
    });
    expect(during).toMatchObject({ value: { ok: false, error: { type: 'ReaderUnavailable' } } });
    expect(await reader.withCard(async () => 1)).toMatchObject({ error: { type: 'ReaderUnavailable' } });
  });
});
