import { useEffect, useState } from 'react';
import type { SamplePurchase, Tried } from '#contract/central/office-programme.ts';
import type { Programme } from '#contract/loyalty/programme.ts';
import { useOffice } from '../office.ts';

const typingPauseMs = 250;

export type Trial = { current: Tried[]; draft: Tried[] | null };

/** What the server makes of sample purchases, asked again when rules or samples change. @param draft null: it cannot be read yet */
export function useTrial(
  current: Programme,
  draft: Programme | null,
  purchases: readonly SamplePurchase[],
): Trial | null {
  const { client, after } = useOffice();
  const [trial, setTrial] = useState<Trial | null>(null);
  useEffect(() => {
    if (purchases.length === 0) return setTrial(null);
    let latest = true;
    const callOff = after(typingPauseMs, async () => {
      // Without an answer the last one stays; the page's own calls say what is wrong with the link.
      const tried = await client.office.programme
        .tryOut({ programme: draft ?? current, purchases: [...purchases] })
        .catch(() => null);
      if (latest && tried) setTrial({ current: tried.current, draft: draft ? tried.draft : null });
    });
    return () => {
      latest = false;
      callOff();
    };
  }, [client, after, current, draft, purchases]);
  return trial;
}
