import type { Role } from '#contract/till/state.ts';
import { office as english } from '#resources/locales/en/office.ts';
import { officeProgramme as englishProgramme } from '#resources/locales/en/office-programme.ts';
import { officeShop as englishShop } from '#resources/locales/en/office-shop.ts';
import { office as french } from '#resources/locales/fr/office.ts';
import { officeProgramme as frenchProgramme } from '#resources/locales/fr/office-programme.ts';
import { officeShop as frenchShop } from '#resources/locales/fr/office-shop.ts';
import { KeysPage } from './keys/KeysPage.tsx';
import type { OfficePage } from './page.ts';
import { ProgrammePage } from './programme/ProgrammePage.tsx';
import { StaffPage, staffPageId } from './staff/StaffPage.tsx';
import { TillsPage } from './tills/TillsPage.tsx';
import { TransactionsPage } from './transactions/TransactionsPage.tsx';

/** The office's pages, in the order of the navigation. The first is shown where the address names none. */
const officePages: readonly OfficePage[] = [
  {
    id: 'transactions',
    label: { fr: french.nav.transactions, en: english.nav.transactions },
    Page: TransactionsPage,
  },
  { id: 'programme', label: { fr: frenchProgramme.nav, en: englishProgramme.nav }, Page: ProgrammePage },
  { id: 'tills', label: { fr: frenchShop.tills.nav, en: englishShop.tills.nav }, Page: TillsPage },
  { id: staffPageId, label: { fr: frenchShop.staff.nav, en: englishShop.staff.nav }, Page: StaffPage },
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
