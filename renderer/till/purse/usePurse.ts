import { useRef, useState } from 'react';
import type { AccountAct } from '#contract/accounts/effects.ts';
import type { CardAccounts } from '#contract/central/till-accounts.ts';
import type { Tender } from '#contract/journal/kinds/loyalty.ts';
import type { AccountResult } from '#contract/till/accounts.ts';
import type { TillError } from '#contract/till/errors.ts';
import type { ApprovalAsked } from '#contract/till/loyalty.ts';
import { isAboutApproval } from '../approval/refusal.ts';
import { type CardWork, workOf } from '../cards/cardWork.ts';
import { useCounter } from '../counter.ts';
import { refusalOf, type TillClient } from '../door/client.ts';

/** `tender`: of money in; what is said of other acts changes nothing. */
export type PurseOrder = { intention: string; act: AccountAct; amountMinor: number; tender: Tender };
export type PurseState =
  | { stage: 'typing' }
  /** Null: the balance is looked at. */
  | { stage: 'working'; order: PurseOrder | null; work: CardWork }
  | { stage: 'pin'; order: PurseOrder; error: TillError; approval: ApprovalAsked | null }
  | { stage: 'approving'; order: PurseOrder; error: TillError }
  | { stage: 'posted'; result: AccountResult }
  | { stage: 'shown'; accounts: CardAccounts };

/** One act on a card's accounts, from its order to its ticket. An act that was refused or not answered keeps its intention. */
export function usePurse() {
  const { client, newId, sound } = useCounter();
  const [state, setState] = useState<PurseState>({ stage: 'typing' });
  const round = useRef(0);

  /** What an older round still tells is not shown any more. */
  const begin = () => {
    round.current += 1;
    const mine = round.current;
    return (next: PurseState) => {
      if (mine === round.current) setState(next);
    };
  };
  const ask = async (order: PurseOrder, pin: string | null, approval: ApprovalAsked | null) => {
    const show = begin();
    show({ stage: 'working', order, work: { stage: 'reading' } });
    const refused = (error: TillError) => {
      if (error.type === 'PinRequired' || error.type === 'PinWrong')
        return show({ stage: 'pin', order, error, approval });
      if (isAboutApproval(error, approval)) return show({ stage: 'approving', order, error });
      sound.play('stop');
      show({ stage: 'working', order, work: { stage: 'refused', error } });
    };
    const service = client();
    if (!service) return refused({ type: 'ServiceGone' });
    try {
      const useCardAsItLies = pin !== null;
      for await (const event of await service.accounts.act({ ...order, pin, approval, useCardAsItLies })) {
        if (event.stage !== 'posted') show({ stage: 'working', order, work: workOf(event) });
        else {
          sound.play('go');
          show({ stage: 'posted', result: event.result });
        }
      }
    } catch (thrown) {
      refused(refusalOf(thrown) ?? { type: 'ServiceGone' });
    }
  };
  const look = async () => {
    const show = begin();
    const working = (work: CardWork) => show({ stage: 'working', order: null, work });
    working({ stage: 'present' });
    const service = client();
    if (!service) return working({ stage: 'refused', error: { type: 'ServiceGone' } });
    try {
      const cardNumber = await numberOf(service);
      if (cardNumber) show({ stage: 'shown', accounts: await service.accounts.show({ cardNumber }) });
    } catch (thrown) {
      working({ stage: 'refused', error: refusalOf(thrown) ?? { type: 'ServiceGone' } });
    }
  };
  return {
    state,
    start: (asked: Omit<PurseOrder, 'intention'>) => void ask({ intention: newId(), ...asked }, null, null),
    again: (order: PurseOrder | null) => void (order ? ask(order, null, null) : look()),
    givePin: (order: PurseOrder, pin: string, approval: ApprovalAsked | null) => void ask(order, pin, approval),
    approve: (order: PurseOrder, approval: ApprovalAsked) => void ask(order, null, approval),
    look: () => void look(),
    leave(order: PurseOrder | null) {
      if (order)
        client()
          ?.loyalty.cancel({ intention: order.intention })
          .catch(() => {});
      begin()({ stage: 'typing' });
    },
  };
}

async function numberOf(service: TillClient): Promise<string | null> {
  for await (const event of await service.loyalty.showCard({ timeoutMs: 15_000 })) {
    if (event.stage === 'result') return event.card.cardNumber;
  }
  return null;
}
