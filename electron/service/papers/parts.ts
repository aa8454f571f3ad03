import type { Ticket } from '#contract/tickets/ticket.ts';
import type { TillError } from '#contract/till/errors.ts';
import type { PrintState } from '#contract/till/loyalty.ts';
import type { Journal, JournalReader } from '../store/index.ts';

export type PrintAnswer = { print: Exclude<PrintState, 'printing'>; why: TillError | null };

/** What a paper is printed with. */
export type PaperParts = {
  journal: Pick<Journal, 'append'>;
  reader: JournalReader;
  print: (ticket: Ticket) => Promise<PrintAnswer>;
  /** Something that should not be: it is logged, and the sale says so. */
  onDefect: (defect: unknown) => void;
};
