import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { VirtualDesfire } from './desfire/virtual-desfire.ts';
import { SimulatedReader } from './reader.ts';
import { CardTray } from './tray.ts';

const random = (length: number) => new Uint8Array(randomBytes(length));
const COMMIT = Uint8Array.of(0x90, 0xc7, 0x00, 0x00, 0x00);

async function tray() {
  const reader = new SimulatedReader({ after: () => () => {} });
  const shelf = new Map<number, unknown>();
  const cards = new CardTray(reader, { load: (slot) => shelf.get(slot), save: (slot, card) => shelf.set(slot, card) });
  for (const slot of [1, 2]) {
    const uid = Uint8Array.of(0x04, 1, 2, 3, 4, 5, slot);
    await cards.fill(slot, async () => new VirtualDesfire({ uid, randomBytes: random }), random);
  }
  const commit = () => reader.withCard((card) => card.transmit(COMMIT));
  return { reader, cards, commit };
}

it('[N8] knows which card lies on the reader, also when the same one is laid down again', async () => {
  const { cards } = await tray();
  expect(cards.presentSlot).toBeNull();
  for (const slot of [1, 1, 2, 1]) {
    cards.present(slot);
    expect(cards.presentSlot).toBe(slot);
  }
  cards.remove();
  expect(cards.presentSlot).toBeNull();
});

it('[N8] tears the card that lies there, and it alone', async () => {
  const { reader, cards, commit } = await tray();
  cards.present(1);
  cards.present(1);
  cards.tear('before');
  expect(await commit()).toMatchObject({ value: { error: { type: 'CardRemoved' } } });
  expect([reader.state().cardPresent, cards.presentSlot]).toEqual([false, null]);
  cards.present(1);
  expect(await commit()).toMatchObject({ value: { ok: true } });
});

it('[N8] keeps a tear for the next card where none lies', async () => {
  const { cards, commit } = await tray();
  cards.tear('after');
  cards.present(2);
  expect(await commit()).toMatchObject({ value: { error: { type: 'CardRemoved' } } });
});
