import { useEffect, useRef, useState } from 'react';
import type { ApprovalAsked } from '#contract/till/loyalty.ts';
import { ApprovalPage } from '../approval/ApprovalPage.tsx';
import { approvalRefusal, isAboutApproval } from '../approval/refusal.ts';
import { useCounter } from '../counter.ts';
import { useWords } from '../useTill.ts';
import { useCardWork } from './cardWork.ts';
import { WorkEye } from './WorkEye.tsx';
import { WorkHand } from './WorkHand.tsx';

/** Gives a card's tries back, the customer present. */
export function UnblockTask({ onEnd }: { onEnd: () => void }) {
  const { newId } = useCounter();
  const { t } = useWords();
  const { work, start } = useCardWork();
  const intention = useRef(newId());
  const approved = useRef<ApprovalAsked | null>(null);
  const [approving, setApproving] = useState(false);
  const begin = (approval: ApprovalAsked | null) => {
    setApproving(false);
    approved.current = approval;
    const order = { intention: intention.current, approval, useCardAsItLies: approval !== null };
    start(order.intention, (client) => client.cards.unblockPin(order));
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: the wait begins once, with the page
  useEffect(() => begin(null), []);
  const error = work.stage === 'refused' ? work.error : null;
  useEffect(() => {
    if (error && isAboutApproval(error, approved.current)) setApproving(true);
  }, [error]);
  if (approving && error)
    return <ApprovalPage act="pin" error={approvalRefusal(error)} onApproval={begin} onCancel={onEnd} />;
  return (
    <>
      <WorkEye title={t.cards.tasks.unblock.name} done={t.cards.pinUnblocked} work={work} />
      <WorkHand work={work} again={() => begin(null)} onEnd={onEnd} />
    </>
  );
}
