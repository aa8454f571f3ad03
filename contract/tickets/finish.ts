import type { Ticket, TicketLine } from './ticket.ts';

/** What every ticket of a till bears, whatever it is about. */
export type TicketMarks = {
  /** The text of its QR: a URL with the ticket's signed token. Null where there is none. */
  qr: string | null;
  /** Printed by a till in training: it must not pass for a real one. */
  training: boolean;
};

const words = {
  fr: { check: 'Vérifier ce ticket : scannez-le', training: 'Exercice : ce ticket ne vaut rien' },
  en: { check: 'To check this ticket, scan it', training: 'Training: this ticket is worth nothing' },
} as const;

/** The word that the law knows on a receipt for nothing, the same in every language. */
const trainingWord = 'FACTICE';

/** Puts a ticket's marks where they belong: FACTICE first and last, the QR at its foot. */
export function finishTicket(ticket: Ticket, { qr, training }: TicketMarks): Ticket {
  const say = words[ticket.language];
  const banner: TicketLine[] = training
    ? [
        { kind: 'text', text: `*** ${trainingWord} ***`, align: 'center', bold: true, size: 'large' },
        { kind: 'text', text: say.training, align: 'center' },
      ]
    : [];
  const foot: TicketLine[] = qr === null ? [] : [{ kind: 'space' }, { kind: 'qr', data: qr, caption: say.check }];
  return { ...ticket, lines: [...banner, ...ticket.lines, ...foot, ...banner] };
}
