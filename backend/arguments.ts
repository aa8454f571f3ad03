import { parseArgs } from 'node:util';
import { smtpTransport } from '#backend/mail/transport.ts';
import { err, ok, type Result } from '#contract/result/index.ts';

export type CentralArguments = {
  data: string;
  database: string | null;
  port: number;
  host: string;
  seed: 'demo' | null;
  withParent: boolean;
  /** The mail server for tickets; null: they are printed. */
  smtp: string | null;
  /** Where customers reach the server; null: what it sends bears no links. */
  publicUrl: string | null;
};
export type UsageError = { type: 'WrongUsage'; what: string };

export const usage =
  'node backend/main.ts --data DIR [--database URL] [--host 127.0.0.1] [--port N] [--smtp URL] [--public-url URL] [--seed demo] [--with-parent]';

/**
 * Reads the command line. Errors: WrongUsage, naming the argument.
 * @param environment `COMPTOIR_SMTP` stands for `--smtp`: its password is then in no list of processes
 */
export function readArguments(
  args: string[],
  environment: { COMPTOIR_SMTP?: string } = {},
): Result<CentralArguments, UsageError> {
  const wrong = (what: string) => err({ type: 'WrongUsage', what } as const);
  try {
    const { values } = parseArgs({
      args,
      options: {
        data: { type: 'string' },
        database: { type: 'string' },
        port: { type: 'string', default: '0' },
        host: { type: 'string', default: '127.0.0.1' },
        seed: { type: 'string' },
        smtp: { type: 'string' },
        'public-url': { type: 'string' },
        'with-parent': { type: 'boolean', default: false },
      },
    });
    const port = Number(values.port);
    if (!values.data) return wrong('--data');
    if (!/^\d{1,5}$/.test(values.port) || port > 65_535) return wrong('--port');
    if (values.seed !== undefined && values.seed !== 'demo') return wrong('--seed');
    if (values.database !== undefined && !/^postgres(ql)?:\/\//.test(values.database)) return wrong('--database');
    const smtp = values.smtp ?? environment.COMPTOIR_SMTP ?? null;
    if (smtp !== null && smtpTransport(smtp) === null) return wrong('--smtp');
    const publicUrl = values['public-url'] ?? null;
    if (publicUrl !== null && !isWebAddress(publicUrl)) return wrong('--public-url');
    const { data, host } = values;
    const seed = values.seed ?? null;
    const database = values.database ?? null;
    return ok({ data, database, port, host, seed, smtp, publicUrl, withParent: values['with-parent'] });
  } catch (cause) {
    return wrong((cause as Error).message);
  }
}

/** An address that a path can be put behind. */
const isWebAddress = (text: string): boolean => /^https?:\/\/[^\s?#@]+$/.test(text) && URL.canParse(text);
