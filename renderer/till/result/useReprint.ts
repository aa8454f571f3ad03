import { useState } from 'react';
import { type TillError, tillErrors } from '#contract/till/errors.ts';
import type { PrintState } from '#contract/till/loyalty.ts';
import { useCounter } from '../counter.ts';
import { refusalOf } from '../door/client.ts';

type Printed = { print: PrintState; why: TillError | null; copy: number };

/**
 * What is known of an operation's paper, and one more copy of it on demand. One copy at a time.
 * @param operation its intention
 */
export function useReprint(operation: string, first: Omit<Printed, 'copy'>) {
  const { client, newId } = useCounter();
  const [printed, setPrinted] = useState<Printed>({ ...first, copy: 0 });
  const [working, setWorking] = useState(false);
  const reprint = async () => {
    const service = client();
    // Nothing was asked for: what is known of the ticket stays as it is.
    if (!service || working) return;
    setWorking(true);
    try {
      setPrinted(await service.loyalty.reprint({ intention: newId(), sale: operation }));
    } catch (thrown) {
      const why = refusalOf(thrown);
      // A lost answer says nothing about the paper: only the till's own refusal means that none came out.
      const print = why && tillErrors[why.type] === 'refused' ? 'failed' : 'unknown';
      setPrinted(({ copy }) => ({ print, why, copy }));
    }
    setWorking(false);
  };
  return { printed, working, reprint: () => void reprint() };
}
