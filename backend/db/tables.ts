import type { AccountHolds, AccountPostings, CardAccountRows } from './tables/accounts.ts';
import type { CardLots, CardOpenings, CardPins, CardRelays, Cards, ShopCards } from './tables/cards.ts';
import type {
  CardLedgers,
  CardOperations,
  CardSessions,
  CustomerFileRequests,
  CustomerNames,
  Customers,
  LoyaltyTransactions,
  MailOutbox,
  OpenWrites,
  ProgrammeDrafts,
  Programmes,
} from './tables/loyalty.ts';
import type {
  ApiKeys,
  ExportLinks,
  Networks,
  OfficeAccounts,
  ServerKeys,
  Sessions,
  ShopSettingsVersions,
  SignInThrottles,
  Staff,
  Tenants,
} from './tables/parties.ts';
import type {
  Acts,
  Attendance,
  Cases,
  DayClosings,
  EnrolmentCodes,
  FeedItems,
  HeadHistory,
  Heads,
  JournalEntries,
  RequestNonces,
  TerminalKeys,
  Terminals,
} from './tables/terminals.ts';

export type * from './tables/accounts.ts';
export type * from './tables/cards.ts';
export type * from './tables/loyalty.ts';
export type * from './tables/parties.ts';
export type * from './tables/terminals.ts';

/** Every table by its name in the database. */
export type Tables = {
  networks: Networks;
  tenants: Tenants;
  programmes: Programmes;
  programme_drafts: ProgrammeDrafts;
  shop_settings: ShopSettingsVersions;
  staff: Staff;
  office_accounts: OfficeAccounts;
  sessions: Sessions;
  sign_in_throttles: SignInThrottles;
  enrolment_codes: EnrolmentCodes;
  terminal_keys: TerminalKeys;
  terminals: Terminals;
  request_nonces: RequestNonces;
  journal_entries: JournalEntries;
  acts: Acts;
  heads: Heads;
  head_history: HeadHistory;
  cases: Cases;
  feed_items: FeedItems;
  loyalty_transactions: LoyaltyTransactions;
  cards: Cards;
  shop_cards: ShopCards;
  card_ledger: CardLedgers;
  card_operations: CardOperations;
  open_writes: OpenWrites;
  customers: Customers;
  customer_names: CustomerNames;
  customer_file_requests: CustomerFileRequests;
  card_lots: CardLots;
  card_openings: CardOpenings;
  card_relays: CardRelays;
  card_pins: CardPins;
  api_keys: ApiKeys;
  export_links: ExportLinks;
  card_sessions: CardSessions;
  day_closings: DayClosings;
  attendance: Attendance;
  card_accounts: CardAccountRows;
  account_holds: AccountHolds;
  account_postings: AccountPostings;
  mail_outbox: MailOutbox;
  server_keys: ServerKeys;
};
