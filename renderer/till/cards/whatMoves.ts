import { useEffect, useState } from 'react';
import type { CardAccounts } from '#contract/central/till-accounts.ts';
import type { TillError } from '#contract/till/errors.ts';
import { useCounter } from '../counter.ts';
import { refusalOf, type TillClient } from '../door/client.ts';

/** What goes with a card's balance, as far as it is known before anybody confirms it. */
export type WhatMoves =
  | { stage: 'asking' }
  /** Without an answer of the server: it tells what moved when it is done. */
  | { stage: 'unknown' }
  | { stage: 'refused'; error: TillError }
  /**
   * `heard`: the server has heard of this card in this shop. `waits`: in other shops the balance follows once the network has said
   * yes. Null accounts: not known.
   */
  | {
      stage: 'known';
      points: number;
      heard: boolean;
      waits: boolean;
      accounts: Pick<CardAccounts, 'purse' | 'credit' | 'currency'> | null;
    };

/** Asks once for each card. @param fromCard null: none is chosen yet */
export function useWhatMoves(fromCard: string | null): WhatMoves {
  const { client } = useCounter();
  const [moves, setMoves] = useState<WhatMoves>({ stage: 'asking' });
  useEffect(() => {
    if (fromCard === null) return;
    let isShown = true;
    setMoves({ stage: 'asking' });
    whatMoves(client(), fromCard).then((found) => {
      if (isShown) setMoves(found);
    });
    return () => {
      isShown = false;
    };
  }, [client, fromCard]);
  return moves;
}

/** Never rejects. A card that this shop has never served leaves no points behind. */
export async function whatMoves(service: TillClient | null, cardNumber: string): Promise<WhatMoves> {
  if (!service) return { stage: 'unknown' };
  try {
    const [{ ledger }, accounts] = await Promise.all([
      service.cards.find({ cardNumber }),
      service.accounts.show({ cardNumber }).catch(() => null),
    ]);
    if (!ledger) return { stage: 'unknown' };
    const { balance, networkWide } = ledger;
    const heard = balance !== null;
    return { stage: 'known', points: balance ?? 0, heard, waits: networkWide?.replace === false, accounts };
  } catch (thrown) {
    const error = refusalOf(thrown);
    return error && error.type !== 'NeedsLink' ? { stage: 'refused', error } : { stage: 'unknown' };
  }
}
