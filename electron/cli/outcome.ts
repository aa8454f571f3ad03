import { ORPCError } from '@orpc/client';
import type { Language } from '#contract/money/index.ts';
import { TillError, tillErrors } from '#contract/till/errors.ts';
import { describeError } from '#resources/locales/describe.ts';

/** What a verb comes to. `text` is what a person reads; `value` what a script does. */
export type Outcome =
  | { status: 0; value: unknown; text: string }
  /** Refused (3) or unknown (5). `more` goes into the error for scripts. */
  | { status: 3 | 5; error: TillError; more?: Record<string, unknown> }
  | { status: 2; usage: string }
  | { status: 4 }
  /** A verb that ran until it was told to end: it has said all it had to say. */
  | { status: 'ended'; exitStatus: number };

export const done = (value: unknown, text: string): Outcome => ({ status: 0, value, text });

export const refused = (error: TillError, more?: Record<string, unknown>): Outcome => ({
  status: tillErrors[error.type] === 'unknown' ? 5 : 3,
  error,
  ...(more ? { more } : {}),
});

/** The outcome that a refused call stands for; anything else thrown is a defect and goes on. */
export function outcomeOf(thrown: unknown): Outcome {
  if (thrown instanceof ORPCError && thrown.code === 'REFUSED') {
    const error = TillError.safeParse(thrown.data);
    if (error.success) return refused(error.data);
  }
  if (thrown instanceof ORPCError && thrown.code === 'BAD_REQUEST') {
    return refused({ type: 'InvalidRequest', facts: { what: issuesOf(thrown.data) } });
  }
  throw thrown;
}

function issuesOf(data: unknown): string {
  const issues = (data as { issues?: { path?: unknown[]; message?: string }[] } | undefined)?.issues ?? [];
  return issues
    .map(({ path, message }) => `${path?.join('.') ?? ''}: ${message ?? ''}`)
    .join('; ')
    .slice(0, 300);
}

const noService = {
  fr: {
    message: 'Aucun service Comptoir ne tourne ici.',
    remedy: 'Lancez « comptoir demo » ou « comptoir service », ou nommez le dossier avec --data.',
  },
  en: {
    message: 'No Comptoir service is running here.',
    remedy: 'Start `comptoir demo` or `comptoir service`, or name its folder with --data.',
  },
} as const;

/** Writes the outcome: one JSON document or a person's text. @returns the exit status */
export function report(outcome: Outcome, { json, language }: { json: boolean; language: Language }): number {
  if (outcome.status === 0) {
    process.stdout.write(json ? `${JSON.stringify({ ok: true, value: outcome.value })}\n` : `${outcome.text}\n`);
    return 0;
  }
  if (outcome.status === 'ended') return outcome.exitStatus;
  const error = errorDocument(outcome, language);
  if (json) process.stdout.write(`${JSON.stringify({ ok: false, error })}\n`);
  else process.stderr.write(`${error.message}\n${error.remedy}\n`);
  return outcome.status;
}

function errorDocument(outcome: Exclude<Outcome, { status: 0 | 'ended' }>, language: Language) {
  if (outcome.status === 2) return { type: 'Usage', message: outcome.usage, remedy: 'comptoir help' };
  if (outcome.status === 4) return { type: 'NoService', ...noService[language] };
  const { message, remedy } = describeError(language, outcome.error);
  return { type: outcome.error.type, message, remedy, ...outcome.error.facts, ...outcome.more };
}
