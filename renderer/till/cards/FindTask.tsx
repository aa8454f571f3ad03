import { useState } from 'react';
import type { TillError } from '#contract/till/errors.ts';
import type { ApprovalAsked } from '#contract/till/loyalty.ts';
import { ApprovalPage } from '../approval/ApprovalPage.tsx';
import { approvalRefusal, isAboutApproval } from '../approval/refusal.ts';
import { useCounter } from '../counter.ts';
import { refusalOf } from '../door/client.ts';
import { useWords } from '../useTill.ts';
import { type Found, FoundCard } from './FoundCard.tsx';
import { NumberEntry } from './NumberEntry.tsx';

type BlockOrder = {
  intention: string;
  cardNumber: string;
  blocked: boolean;
  reason: 'lost' | 'stolen' | 'found';
};
type Finding =
  | { stage: 'number'; error: TillError | null }
  | { stage: 'found'; found: Found; blockedNow: boolean | null; error: TillError | null }
  | { stage: 'approving'; found: Found; order: BlockOrder; error: TillError };

/** A card by its number: what the server knows of it, and the hot list. A lost card is blocked from here. */
export function FindTask({ onEnd }: { onEnd: () => void }) {
  const { client, newId } = useCounter();
  const { t, say } = useWords();
  const [state, setState] = useState<Finding>({ stage: 'number', error: null });

  const find = async (cardNumber: string) => {
    try {
      const found = await client()?.cards.find({ cardNumber });
      if (found) setState({ stage: 'found', found, blockedNow: null, error: null });
    } catch (thrown) {
      setState({ stage: 'number', error: refusalOf(thrown) });
    }
  };
  const block = async (found: Found, order: BlockOrder, approval: ApprovalAsked | null) => {
    try {
      const done = await client()?.cards.block({ ...order, approval });
      if (!done) return;
      setState({ stage: 'found', found: { ...found, blocked: done.blocked }, blockedNow: done.blocked, error: null });
    } catch (thrown) {
      const error = refusalOf(thrown);
      if (error && isAboutApproval(error, approval)) setState({ stage: 'approving', found, order, error });
      else setState({ stage: 'found', found, blockedNow: null, error });
    }
  };

  if (state.stage === 'number') {
    const { name } = t.cards.tasks.find;
    const words = { title: name, label: t.cards.number, detail: t.cards.numberDetail, confirm: t.cards.find };
    return <NumberEntry {...words} refused={state.error} onNumber={(number) => void find(number)} onBack={onEnd} />;
  }
  if (state.stage === 'approving') {
    const { found, order } = state;
    return (
      <ApprovalPage
        act="block"
        detail={say(t.result.card, { cardNumber: order.cardNumber })}
        error={approvalRefusal(state.error)}
        onApproval={(approval) => void block(found, order, approval)}
        onCancel={() => setState({ stage: 'found', found, blockedNow: null, error: null })}
      />
    );
  }
  const { found } = state;
  const orderTo = (reason: BlockOrder['reason']): BlockOrder => ({
    intention: newId(),
    cardNumber: found.cardNumber,
    blocked: reason !== 'found',
    reason,
  });
  return (
    <FoundCard
      found={found}
      blockedNow={state.blockedNow}
      error={state.error}
      onBlock={(reason) => void block(found, orderTo(reason), null)}
      onEnd={onEnd}
    />
  );
}
