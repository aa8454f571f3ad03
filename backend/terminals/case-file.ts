import type { CaseKind } from '#backend/db/tables.ts';
import type { OfficeList } from '#backend/reports/office-list.ts';
import { officeCards as english } from '#resources/locales/en/office-cards.ts';
import { officeCards as french } from '#resources/locales/fr/office-cards.ts';
import { casesOf, networkCasesOf } from './case-list.ts';
import type { CaseRow } from './case-view.ts';

/** A case in a file: what was decided, without the evidence, which is no table. */
export type CaseInFile = {
  openedAt: string;
  kind: CaseKind;
  cardNumber: string | null;
  till: string | null;
  settledAt: string | null;
  settledBy: string | null;
  decision: string | null;
  note: string | null;
};

/** As the office's page calls them. */
function wordsOf(french: Readonly<Record<string, string>>, english: Readonly<Record<string, string>>) {
  return Object.fromEntries(Object.entries(french).map(([code, fr]) => [code, { fr, en: english[code] ?? fr }]));
}

/** The shop's cases as a file. */
export const caseFile: OfficeList<CaseRow, CaseInFile> = {
  report: {
    name: { fr: 'Cas', en: 'Cases' },
    columns: [
      { key: 'openedAt', label: { fr: 'Ouvert le', en: 'Opened' }, kind: 'date' },
      {
        key: 'kind',
        label: { fr: 'Cas', en: 'Case' },
        kind: 'code',
        words: wordsOf(french.cases.kinds, english.cases.kinds),
      },
      { key: 'cardNumber', label: { fr: 'Carte', en: 'Card' }, kind: 'card' },
      { key: 'till', label: { fr: 'Caisse', en: 'Till' }, kind: 'text' },
      { key: 'settledAt', label: { fr: 'Décidé le', en: 'Decided' }, kind: 'date' },
      { key: 'settledBy', label: { fr: 'Par', en: 'By' }, kind: 'text' },
      {
        key: 'decision',
        label: { fr: 'Décision', en: 'Decision' },
        kind: 'code',
        words: wordsOf(french.cases.decisions, english.cases.decisions),
      },
      { key: 'note', label: { fr: 'Note', en: 'Note' }, kind: 'text' },
    ],
  },
  query: casesOf,
  row: (row) => ({
    openedAt: row.opened_at.toISOString(),
    kind: row.kind,
    cardNumber: row.card_number,
    till: row.till,
    settledAt: row.settled_at?.toISOString() ?? null,
    settledBy: row.settled_by,
    decision: row.decision,
    note: row.note,
  }),
};

/** Those of the whole network. */
export const networkCaseFile: typeof caseFile = { ...caseFile, network: true, query: networkCasesOf };
