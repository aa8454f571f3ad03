import { useState } from 'react';
import { useCounter } from '../counter.ts';
import { askForCopy, type Printed } from './askForCopy.ts';

/**
 * What is known of an operation's paper, and one more copy of it on demand. One copy at a time.
 * @param operation its intention
 */
export function useReprint(operation: string, first: Printed) {
  const { client, newId } = useCounter();
  const [printed, setPrinted] = useState({ ...first, copy: 0 });
  const [working, setWorking] = useState(false);
  const reprint = async () => {
    const service = client();
    // Nothing was asked for: what is known of the ticket stays as it is.
    if (!service || working) return;
    setWorking(true);
    const asked = () => service.loyalty.reprint({ intention: newId(), sale: operation });
    setPrinted(await askForCopy(asked, printed.copy));
    setWorking(false);
  };
  return { printed, working, reprint: () => void reprint() };
}
