import type { Role } from '#contract/till/state.ts';
import { office as english } from '#resources/locales/en/office.ts';
import { officeAccounts as englishAccounts } from '#resources/locales/en/office-accounts.ts';
import { officeAttendance as englishAttendance } from '#resources/locales/en/office-attendance.ts';
import { officeCards as englishCards } from '#resources/locales/en/office-cards.ts';
import { officeDays as englishDays } from '#resources/locales/en/office-days.ts';
import { officeProgramme as englishProgramme } from '#resources/locales/en/office-programme.ts';
import { officeSettings as englishSettings } from '#resources/locales/en/office-settings.ts';
import { officeShop as englishShop } from '#resources/locales/en/office-shop.ts';
import { officeStock as englishStock } from '#resources/locales/en/office-stock.ts';
import { office as french } from '#resources/locales/fr/office.ts';
import { officeAccounts as frenchAccounts } from '#resources/locales/fr/office-accounts.ts';
import { officeAttendance as frenchAttendance } from '#resources/locales/fr/office-attendance.ts';
import { officeCards as frenchCards } from '#resources/locales/fr/office-cards.ts';
import { officeDays as frenchDays } from '#resources/locales/fr/office-days.ts';
import { officeProgramme as frenchProgramme } from '#resources/locales/fr/office-programme.ts';
import { officeSettings as frenchSettings } from '#resources/locales/fr/office-settings.ts';
import { officeShop as frenchShop } from '#resources/locales/fr/office-shop.ts';
import { officeStock as frenchStock } from '#resources/locales/fr/office-stock.ts';
import { AccountsPage } from './accounts/AccountsPage.tsx';
import { AttendancePage } from './attendance/AttendancePage.tsx';
import { CardsPage, cardsPageId } from './cards/CardsPage.tsx';
import { CasesPage } from './cases/CasesPage.tsx';
import { DaysPage } from './days/DaysPage.tsx';
import { KeysPage } from './keys/KeysPage.tsx';
import type { OfficePage } from './page.ts';
import { ProgrammePage } from './programme/ProgrammePage.tsx';
import { SettingsPage } from './settings/SettingsPage.tsx';
import { StaffPage, staffPageId } from './staff/StaffPage.tsx';
import { StockPage } from './stock/StockPage.tsx';
import { TillsPage } from './tills/TillsPage.tsx';
import { TransactionsPage } from './transactions/TransactionsPage.tsx';

/** The office's pages, in the order of the navigation. The first is shown where the address names none. */
const officePages: readonly OfficePage[] = [
  {
    id: 'transactions',
    label: { fr: french.nav.transactions, en: english.nav.transactions },
    Page: TransactionsPage,
  },
  { id: 'days', label: { fr: frenchDays.nav, en: englishDays.nav }, Page: DaysPage },
  { id: cardsPageId, label: { fr: frenchCards.nav, en: englishCards.nav }, Page: CardsPage },
  { id: 'accounts', label: { fr: frenchAccounts.nav, en: englishAccounts.nav }, Page: AccountsPage },
  { id: 'cases', label: { fr: frenchCards.cases.nav, en: englishCards.cases.nav }, Page: CasesPage },
  { id: 'stock', label: { fr: frenchStock.nav, en: englishStock.nav }, Page: StockPage },
  { id: 'programme', label: { fr: frenchProgramme.nav, en: englishProgramme.nav }, Page: ProgrammePage },
  { id: 'settings', label: { fr: frenchSettings.nav, en: englishSettings.nav }, Page: SettingsPage },
  { id: 'tills', label: { fr: frenchShop.tills.nav, en: englishShop.tills.nav }, Page: TillsPage },
  { id: staffPageId, label: { fr: frenchShop.staff.nav, en: englishShop.staff.nav }, Page: StaffPage },
  {
    id: 'attendance',
    label: { fr: frenchAttendance.nav, en: englishAttendance.nav },
    Page: AttendancePage,
  },
  {
    id: 'keys',
    label: { fr: frenchShop.keys.nav, en: englishShop.keys.nav },
    Page: KeysPage,
    roles: ['manager', 'network-admin'],
  },
];

/** The pages that a person finds. */
export const pagesFor = (role: Role): readonly OfficePage[] =>
  officePages.filter(({ roles }) => roles === undefined || roles.includes(role));
