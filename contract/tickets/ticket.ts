/** One line of a ticket, independent of any printer. Text is Unicode; the printer's profile finds the code page. */
export type TicketLine =
  | { kind: 'text'; text: string; align?: 'left' | 'center' | 'right'; bold?: boolean; size?: 'normal' | 'large' }
  | { kind: 'columns'; left: string; right: string; bold?: boolean }
  | { kind: 'rule' }
  | { kind: 'space' }
  | { kind: 'qr'; data: string; caption?: string };

/** A ticket as data. `drawer` asks for the cash drawer's pulse before the paper. */
export type Ticket = {
  language: 'fr' | 'en';
  lines: TicketLine[];
  cut: 'partial' | 'full' | 'none';
  drawer: boolean;
};
