import { createTransport } from 'nodemailer';
import { err, ok, type Result } from '#contract/result/index.ts';
import type { Mail } from './ticket-mail.ts';

/** `lasting`: the server will never take this message; asking again is of no use. */
export type MailFault = { type: 'MailNotTaken'; lasting: boolean; what: string };

export type MailTransport = {
  /** Whose name stands behind the @ of what we send. */
  domain: string;
  /** Hands one message over. Done when the server has taken it. */
  send(mail: Mail): Promise<Result<void, MailFault>>;
};

const connectionTimeoutMs = 10_000;
const silenceTimeoutMs = 20_000;

const isHere = (host: string): boolean => ['127.0.0.1', '[::1]', 'localhost'].includes(host);

/** Codes for which another try with the same message is of no use: it, or its reader, was refused (RFC 5321 §4.2.1). */
const isLasting = ({ responseCode, code }: { responseCode?: number; code?: string }): boolean =>
  code !== 'EAUTH' && responseCode !== undefined && responseCode >= 500;

/**
 * A mail server by its URL: `smtp://user:password@host:587?from=tickets@shop.example`, or `smtps://`. But to this very machine
 * nothing goes out unencrypted: a ticket is personal.
 * @returns null when the URL names none
 */
export function smtpTransport(smtp: string): MailTransport | null {
  const url = URL.parse(smtp);
  if (!url || !['smtp:', 'smtps:'].includes(url.protocol) || url.hostname === '') return null;
  const from = url.searchParams.get('from') ?? `comptoir@${url.hostname}`;
  const domain = from.split('@').at(-1)!;
  const secure = url.protocol === 'smtps:';
  const here = isHere(url.hostname);
  const transport = createTransport({
    host: url.hostname,
    port: Number(url.port) || (secure ? 465 : 587),
    secure,
    requireTLS: !secure && !here,
    ignoreTLS: !secure && here,
    ...(url.username === ''
      ? {}
      : { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } }),
    connectionTimeout: connectionTimeoutMs,
    greetingTimeout: connectionTimeoutMs,
    socketTimeout: silenceTimeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    domain,
    async send(mail) {
      try {
        await transport.sendMail({ from, ...mail });
        return ok(undefined);
      } catch (cause) {
        const { responseCode, code } = cause as { responseCode?: number; code?: string };
        const what = [code, responseCode].filter((part) => part !== undefined).join(' ') || 'unknown';
        return err({ type: 'MailNotTaken', lasting: isLasting(cause as { responseCode?: number }), what });
      }
    },
  };
}
