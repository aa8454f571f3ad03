import { beforeEach, describe, expect, it } from 'vitest';
import { VirtualDesfire } from './desfire/virtual-desfire.ts';
import { predictableBytes } from './predictable-bytes.ts';
import { SimulatedReader } from './reader.ts';
import { CardTray } from './tray.ts';

let reader: SimulatedReader;
let tray: CardTray;
let shelf: Map<number, unknown>;
beforeEach(async () => {
  shelf = new Map();
  reader = new SimulatedReader({ after: () => () => undefined });
  tray = new CardTray(reader, { load: (slot) => shelf.get(slot), save: (slot, card) => void shelf.set(slot, card) });
  for (const slot of [1, 2]) {
    const uid = Uint8Array.of(4, 0, 0, 0, 0, 0, slot);
    await tray.fill(slot, async () => new VirtualDesfire({ uid, randomBytes: predictableBytes() }), predictableBytes());
  }
});

describe('the tray of simulated cards', () => {
  it('[N8] knows which card lies on the reader', () => {
    expect(tray.presentSlot).toBeNull();
    expect(tray.present(1)).toBe(true);
    expect(tray.present(2)).toBe(true);
    expect(tray.presentSlot).toBe(2);
    expect(tray.present(9)).toBe(false);
    tray.remove();
    expect(tray.presentSlot).toBeNull();
  });

  it('[N8] knows that a card goes on lying there while the reader is unplugged', () => {
    tray.present(1);
    reader.unplug();
    expect(tray.presentSlot).toBe(1);
    reader.plug();
    expect(tray.presentSlot).toBe(1);
    reader.unplug();
    reader.remove();
    expect(tray.presentSlot).toBeNull();
  });
});
