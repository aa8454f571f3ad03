import { expect, it } from 'vitest';
import { cardLost, look, nothingSeen, type Seen } from './reader-states.ts';

const reader = (event: number, name = 'R 00 00') => ({ kind: 'reader', name, event }) as const;
const EMPTY = 0x10;
const PRESENT = 0x20;
const run = (...events: number[]): Seen => events.reduce((seen, event) => look(seen, reader(event)), nothingSeen);

it('counts each card that is laid down', () => {
  expect(run(EMPTY).state).toMatchObject({ status: 'ready', cardPresent: false, presence: 0 });
  expect(run(EMPTY, 0x1_0000 | PRESENT).state).toMatchObject({ cardPresent: true, presence: 1 });
  expect(run(EMPTY, 0x1_0000 | PRESENT, 0x2_0000 | EMPTY, 0x3_0000 | PRESENT).state.presence).toBe(2);
});

it('does not count a card twice while it lies there, whoever uses it', () => {
  expect(run(0x1_0000 | PRESENT, 0x1_0000 | PRESENT | 0x100, 0x1_0000 | PRESENT).state.presence).toBe(1);
});

it('sees by the counter that the card was taken and laid again between two looks, also across its wrap', () => {
  expect(run(0x1_0000 | PRESENT, 0x3_0000 | PRESENT).state.presence).toBe(2);
  expect(run(0xffff_0020, 0x0001_0020).state.presence).toBe(2);
});

it('does not take a mute card for a card', () => {
  expect(run(0x1_0000 | PRESENT | 0x200).state).toMatchObject({ cardPresent: false, presence: 0, detail: 'CardMute' });
});

it('keeps the presence number while the reader or the service is away', () => {
  const gone = look(run(0x1_0000 | PRESENT), { kind: 'service-down', detail: 'SCARD_E_NO_SERVICE' });
  expect(gone.state).toEqual({
    status: 'service-down',
    name: '',
    cardPresent: false,
    presence: 1,
    detail: 'SCARD_E_NO_SERVICE',
  });
  expect(look(gone, reader(PRESENT)).state).toMatchObject({ cardPresent: true, presence: 2 });
});

it('counts a card that broke off and is seen again', () => {
  const lost = cardLost(run(0x1_0000 | PRESENT));
  expect(lost.state).toMatchObject({ cardPresent: false, presence: 1, detail: 'CardLost' });
  expect(look(lost, reader(0x1_0000 | PRESENT)).state).toMatchObject({ cardPresent: true, presence: 2, detail: '' });
});
