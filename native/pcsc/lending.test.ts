import { expect, it } from 'vitest';
import { handClock, scriptedPcsc } from '../simulators/scripted-pcsc.ts';
import { createLender } from './lending.ts';
import type { Answer } from './library.ts';

const RESET = 0x80100068;
const SHARING_VIOLATION = 0x8010000b;
const COMMAND = Uint8Array.of(0x90, 0x60, 0x00, 0x00, 0x00);
const answers = <T>(...values: T[]) => {
  let index = 0;
  return async () => values[Math.min(index++, values.length - 1)]!;
};

it('holds a transaction during the loan and lets everything go after it', async () => {
  const { library, log } = scriptedPcsc({});
  const lent = await createLender(library, handClock()).lend('R', (card) => card.transmit(COMMAND));
  expect(lent).toEqual({ ok: true, value: { ok: true, value: Uint8Array.of(0x90, 0x00) } });
  expect(log).toEqual([
    'establishContext',
    'connect',
    'beginTransaction',
    'status',
    'transmit',
    'endTransaction',
    'disconnect',
    'releaseContext',
  ]);
});

it('takes up again a card that another program has reset', async () => {
  const { library, log } = scriptedPcsc({ beginTransaction: answers(RESET, 0) });
  const lent = await createLender(library, handClock()).lend('R', async () => 'done');
  expect(lent).toEqual({ ok: true, value: 'done' });
  expect(log.slice(2, 5)).toEqual(['beginTransaction', 'reconnect', 'beginTransaction']);
});

it('tries again for a second when another program holds the card, not longer', async () => {
  const busy: Answer<never> = { ok: false, error: SHARING_VIOLATION };
  const soonFree = answers<Answer<{ card: number; protocol: number }>>(busy, busy, {
    ok: true,
    value: { card: 7, protocol: 2 },
  });
  const clock = handClock();
  const lent = createLender(scriptedPcsc({ connect: soonFree }).library, clock).lend('R', async () => 'done');
  await clock.advance(200);
  expect(await lent).toEqual({ ok: true, value: 'done' });

  const refused = createLender(scriptedPcsc({ connect: answers(busy) }).library, clock).lend('R', async () => 'done');
  await clock.advance(1_000);
  expect(await refused).toEqual({
    ok: false,
    error: { type: 'ReaderUnavailable', detail: 'SCARD_E_SHARING_VIOLATION' },
  });
});

it('takes an answer without a status word for a lost card', async () => {
  const { library } = scriptedPcsc({ transmit: async () => ({ ok: true, value: Uint8Array.of(0x90) }) });
  const lent = await createLender(library, handClock()).lend('R', (card) => card.transmit(COMMAND));
  expect(lent).toEqual({ ok: true, value: { ok: false, error: { type: 'CardRemoved' } } });
});

it('gives up a call that hangs, begins no other loan meanwhile, and tidies up when it ends', async () => {
  const clock = handClock();
  let answer: (value: Answer<Uint8Array>) => void = () => {};
  const { library, log } = scriptedPcsc({
    transmit: () =>
      new Promise((resolve) => {
        answer = resolve;
      }),
  });
  const lender = createLender(library, clock);
  const hanging = lender.lend('R', (card) => card.transmit(COMMAND));
  await clock.advance(15_000);
  const overdue = { type: 'ReaderUnavailable', detail: 'CallOverdue: SCardTransmit' };
  expect(await hanging).toEqual({ ok: true, value: { ok: false, error: overdue } });

  const begun = log.length;
  const refused = lender.lend('R', async () => 'done');
  await clock.advance(3_000);
  expect(await refused).toMatchObject({ ok: false, error: { type: 'ReaderUnavailable' } });
  expect(log.length).toBe(begun);

  answer({ ok: true, value: Uint8Array.of(0x90, 0x00) });
  await clock.advance(0);
  expect(log.slice(begun)).toEqual(['endTransaction', 'disconnect', 'releaseContext']);
  expect(await lender.lend('R', async () => 'done')).toEqual({ ok: true, value: 'done' });
});

it('does not let a card be used after the loan, nor by two exchanges at once', async () => {
  const { library } = scriptedPcsc({});
  const lent = await createLender(library, handClock()).lend('R', async (card) => {
    const both = await Promise.allSettled([card.transmit(COMMAND), card.transmit(COMMAND)]);
    return { card, second: both[1].status };
  });
  if (!lent.ok) throw new Error(lent.error.type);
  expect(lent.value.second).toBe('rejected');
  await expect(lent.value.card.transmit(COMMAND)).rejects.toThrow('handed back');
});
