import { type TillError, tillErrors } from '#contract/till/errors.ts';
import type { PrintState } from '#contract/till/loyalty.ts';
import { refusalOf } from '../door/client.ts';

/** What is known of a ticket's paper. */
export type Printed = { print: PrintState; why: TillError | null };

type Copied = Printed & { copy: number };

/**
 * Asks the till for one more copy of a ticket. A lost answer says nothing about the paper: only the till's own refusal means that
 * none came out. Never rejects.
 * @param copies how many are known of before
 */
export async function askForCopy(ask: () => Promise<Copied>, copies: number): Promise<Copied> {
  try {
    const { print, why, copy } = await ask();
    return { print, why, copy };
  } catch (thrown) {
    const why = refusalOf(thrown);
    const print = why && tillErrors[why.type] === 'refused' ? 'failed' : 'unknown';
    return { print, why, copy: copies };
  }
}
