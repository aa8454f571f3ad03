import { accountList } from '#backend/accounts/account-list.ts';
import { attendanceList } from '#backend/attendance/attendance-list.ts';
import { issuedList, networkIssuedList } from '#backend/cards/stock/issued-list.ts';
import { lotList, networkLotList } from '#backend/cards/stock/lot-list.ts';
import { cardFile } from '#backend/loyalty/cards/card-file.ts';
import { operationList } from '#backend/loyalty/cards/operation-list.ts';
import { customerFile } from '#backend/loyalty/customers/customer-file.ts';
import { nameIndex } from '#backend/loyalty/customers/name-index.ts';
import { transactionList } from '#backend/loyalty/transaction-list.ts';
import { staffList } from '#backend/parties/staff-list.ts';
import type { Seal } from '#backend/pki/sealing.ts';
import { caseFile, networkCaseFile } from '#backend/terminals/case-file.ts';
import { terminalList } from '#backend/terminals/terminal-list.ts';
import type { CentralError } from '#contract/central/index.ts';
import { listNames } from '#contract/central/office-lists.ts';
import type { Result } from '#contract/result/index.ts';
import { zList } from './days/z-list.ts';
import type { ExportedFile, Exporter, ExportWanted } from './export.ts';
import type { OfficeList } from './office-list.ts';

type Exportable = (make: Exporter, tenant: string, wanted: ExportWanted) => Promise<Result<ExportedFile, CentralError>>;

const exportable =
  <Raw, Row>(list: OfficeList<Raw, Row>): Exportable =>
  (make, tenant, wanted) =>
    make(tenant, list, wanted);

export type FileParts = { serverSecret: string; seal: Seal };
/** Also what no address names: a key's file of the ledger, in which no name can be searched, and the customers' file (`file-requests.ts`). */
export const fileNames = [...listNames, 'ledger-by-number', 'customers'] as const;
type FileName = (typeof fileNames)[number];

/** Every list that can be had as a file, by its name in the address. */
export const officeLists = ({ serverSecret, seal }: FileParts): Readonly<Record<FileName, Exportable>> => ({
  'card-lots': exportable(lotList),
  'issued-cards': exportable(issuedList),
  'network-card-lots': exportable(networkLotList),
  'network-issued-cards': exportable(networkIssuedList),
  ledger: exportable(cardFile((tenant) => nameIndex(serverSecret, tenant))),
  'ledger-by-number': exportable(cardFile(null)),
  customers: exportable(customerFile(seal)),
  days: exportable(zList),
  transactions: exportable(transactionList),
  terminals: exportable(terminalList),
  staff: exportable(staffList),
  attendance: exportable(attendanceList),
  accounts: exportable(accountList),
  'card-operations': exportable(operationList),
  cases: exportable(caseFile),
  'network-cases': exportable(networkCaseFile),
});
