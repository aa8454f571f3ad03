import { sql } from 'kysely';
import type { Seal } from '#backend/pki/sealing.ts';
import type { OfficeList } from '#backend/reports/office-list.ts';
import { openPerson } from './person.ts';

type Raw = { card_number: string; customer_id: string; person_key: Buffer; sealed: Buffer };
export type CustomerInFile = {
  cardNumber: string;
  name: string | null;
  birthday: string | null;
  phone: string | null;
  email: string | null;
  language: string | null;
  ticketByEmail: boolean | null;
  /** May one write to them so? Null: never asked. */
  bySms: boolean | null;
  byEmail: boolean | null;
  byMail: boolean | null;
};

/** All that the shop knows of its cardholders. Had only as `file-requests.ts` allows it. */
export const customerFile = (seal: Seal): OfficeList<Raw, CustomerInFile> => ({
  report: {
    name: { fr: 'Clients', en: 'Customers' },
    columns: [
      { key: 'cardNumber', label: { fr: 'Carte', en: 'Card' }, kind: 'card' },
      { key: 'name', label: { fr: 'Nom et prénom', en: 'Name' }, kind: 'text' },
      { key: 'birthday', label: { fr: 'Anniversaire', en: 'Birthday' }, kind: 'text' },
      { key: 'phone', label: { fr: 'Téléphone', en: 'Telephone' }, kind: 'text' },
      { key: 'email', label: { fr: 'E-mail', en: 'E-mail' }, kind: 'text' },
      { key: 'language', label: { fr: 'Langue', en: 'Language' }, kind: 'text' },
      { key: 'ticketByEmail', label: { fr: 'Ticket par e-mail', en: 'Ticket by e-mail' }, kind: 'flag' },
      { key: 'bySms', label: { fr: 'Accepte les SMS', en: 'Accepts SMS' }, kind: 'flag' },
      { key: 'byEmail', label: { fr: 'Accepte les e-mails', en: 'Accepts e-mail' }, kind: 'flag' },
      { key: 'byMail', label: { fr: 'Accepte le courrier', en: 'Accepts mail' }, kind: 'flag' },
    ],
  },
  query: (tenant) => ({
    select: sql`customer.card_number, customer.customer_id, customer.person_key, customer.sealed`,
    from: sql`customers AS customer`,
    where: sql`customer.tenant_id = ${tenant} AND customer.person_key IS NOT NULL`,
    order: [{ by: sql`customer.card_number`, type: 'text' }],
    direction: 'asc',
  }),
  row(raw) {
    const person = openPerson(seal, raw);
    return {
      cardNumber: raw.card_number,
      name: person?.name ?? null,
      birthday: person?.birthday ?? null,
      phone: person?.phone ?? null,
      email: person?.email ?? null,
      language: person?.language ?? null,
      ticketByEmail: person?.ticketByEmail ?? null,
      bySms: person?.consents.sms?.granted ?? null,
      byEmail: person?.consents.email?.granted ?? null,
      byMail: person?.consents.mail?.granted ?? null,
    };
  },
});
