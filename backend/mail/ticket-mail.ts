import { layOut } from '#contract/tickets/layout.ts';
import type { AddressedTicket } from './read-ticket.ts';

/** A message as it goes out. */
export type Mail = { to: string; subject: string; text: string; html: string; messageId: string };

/** A telephone shows so many characters of a fixed width without breaking a line. */
const columns = 42;

const words = {
  fr: {
    subject: (shop: string, number: string) => `${shop} : votre ticket n° ${number}`,
    check: 'Vérifier ce ticket :',
    why: 'Vous recevez ce ticket par e-mail parce que vous l’avez demandé au commerce.',
  },
  en: {
    subject: (shop: string, number: string) => `${shop}: your ticket no. ${number}`,
    check: 'To check this ticket:',
    why: 'You get this ticket by e-mail because you asked the shop for it.',
  },
} as const;

const escaped = (text: string): string => text.replace(/[&<>"]/g, (one) => `&#${one.codePointAt(0)};`);

/** Nothing of a shop's name may begin a header of its own (RFC 5322 §2.2). */
const oneLine = (text: string): string => text.replace(/[\p{Cc}\s]+/gu, ' ').trim();

/**
 * Puts a ticket into a message. The Message-ID is made of the intention: a message that had to be sent twice, because nobody knows
 * whether the first went, is recognised as the same by the customer's mail program.
 */
export function ticketMail(
  { to, language, shop, ticketNumber, ticket, verifyUrl }: AddressedTicket,
  intention: string,
  domain: string,
): Mail {
  const say = words[language];
  const lines = layOut(ticket, columns).flatMap((line) => (line.kind === 'text' ? [line] : []));
  const paper = lines.map(({ text }) => text).join('\n');
  const check = verifyUrl === null ? '' : `\n\n${say.check}\n${verifyUrl}`;
  const styled = lines.map(({ text, bold }) => (bold ? `<b>${escaped(text)}</b>` : escaped(text))).join('\n');
  const link = verifyUrl === null ? '' : `<p><a href="${escaped(verifyUrl)}">${say.check.replace(/ ?:$/, '')}</a></p>`;
  return {
    to,
    subject: oneLine(say.subject(shop, ticketNumber)),
    text: `${paper}${check}\n\n-- \n${say.why}\n`,
    html: `<!doctype html><html lang="${language}"><body><pre>${styled}</pre>${link}<p>${say.why}</p></body></html>`,
    messageId: `<ticket.${intention}@${domain}>`,
  };
}
