import { describe, expect, it } from 'vitest';
import { type DoneSale, newSale } from '../sale/sale.ts';
import { createScreenStore, type ScreenState } from '../state/screen.ts';
import { toggledTray, trayStands } from './tray.ts';

const screen = (more: Partial<ScreenState>): ScreenState => ({ ...createScreenStore().getState(), ...more });
const result = (id: string) => ({ stage: 'result', intention: { id } }) as DoneSale;
const pressed = (state: ScreenState, sale: Parameters<typeof toggledTray>[1]) => ({
  ...state,
  ...toggledTray(state, sale),
});

describe('the simulators’ tray', () => {
  it('goes aside for a result’s ticket, and stands again at the next sale', () => {
    const open = pressed(screen({}), newSale);
    expect(trayStands(open, newSale)).toBe(true);
    expect(trayStands(open, result('a'))).toBe(false);
    expect(trayStands(open, newSale)).toBe(true);
  });

  it('covers the ticket where it is asked for, that one ticket only, and is shut by the same key', () => {
    const over = pressed(screen({ tray: true }), result('a'));
    expect(trayStands(over, result('a'))).toBe(true);
    expect(trayStands(over, result('b'))).toBe(false);
    expect(pressed(over, result('a'))).toMatchObject({ tray: false });
  });

  it('comes back on the sale’s page from a page that has no place for it', () => {
    const journal = screen({ page: 'journal', tray: true });
    expect(trayStands(journal, newSale)).toBe(false);
    expect(pressed(journal, result('a'))).toMatchObject({ page: 'sale', tray: true, trayOver: 'a' });
    expect(pressed(screen({ page: 'card' }), result('a'))).toMatchObject({ page: 'card', tray: true, trayOver: null });
  });
});
