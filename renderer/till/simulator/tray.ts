import type { Sale } from '../sale/sale.ts';
import type { Page, ScreenState } from '../state/screen.ts';

/** Where the simulators' tray can stand in the hand. */
export const pagesWithTray: readonly Page[] = ['sale', 'spend', 'cards', 'card', 'purse'];

/** The sale whose ticket lies where the tray would stand; null: there is none. */
const ticketAt = (page: Page, sale: Sale): string | null =>
  page === 'sale' && sale.stage === 'result' ? sale.intention.id : null;

/** Whether the tray stands in the hand now. A result's ticket goes before it, until someone asks for the tray there. */
export function trayStands({ page, tray, trayOver }: ScreenState, sale: Sale): boolean {
  const ticket = ticketAt(page, sale);
  return tray && pagesWithTray.includes(page) && (ticket === null || ticket === trayOver);
}

/** What the tray's key does: it opens where it does not stand, on the sale's page where there is no place for it. */
export function toggledTray(screen: ScreenState, sale: Sale): Partial<ScreenState> {
  const page = pagesWithTray.includes(screen.page) ? screen.page : 'sale';
  const tray = !trayStands(screen, sale);
  return { page, tray, trayOver: ticketAt(page, sale), offlineDetail: false };
}
