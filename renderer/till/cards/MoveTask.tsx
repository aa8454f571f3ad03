import { useState } from 'react';
import { formatCardNumber } from '#contract/loyalty/card-number.ts';
import { formatInteger } from '#contract/money/index.ts';
import type { TillError } from '#contract/till/errors.ts';
import type { ApprovalAsked } from '#contract/till/loyalty.ts';
import { Verdict } from '#renderer/ui/Verdict.tsx';
import { ApprovalPage } from '../approval/ApprovalPage.tsx';
import { approvalRefusal, isAboutApproval } from '../approval/refusal.ts';
import { useCounter } from '../counter.ts';
import { refusalOf, type TillClient } from '../door/client.ts';
import { Action } from '../frame/Action.tsx';
import { useWords } from '../useTill.ts';
import { ConfirmMove } from './ConfirmMove.tsx';
import { NumberEntry } from './NumberEntry.tsx';
import { useWhatMoves } from './whatMoves.ts';

type Order = { intention: string; how: 'replace' | 'merge'; fromCard: string; toCard: string };
type Moved = Awaited<ReturnType<TillClient['cards']['replace']>>;
type Moving =
  | { stage: 'from'; error: TillError | null }
  | { stage: 'to'; fromCard: string; error: TillError | null }
  | { stage: 'confirm'; order: Order; error: TillError | null; working: boolean }
  | { stage: 'approving'; order: Order; error: TillError }
  | { stage: 'done'; moved: Moved };

/** One card's balance moves to another: a lost card replaced, or two cards of one customer merged. */
export function MoveTask({ how, onEnd }: { how: 'replace' | 'merge'; onEnd: () => void }) {
  const { client, newId, sound } = useCounter();
  const { t, say } = useWords();
  const [state, setState] = useState<Moving>({ stage: 'from', error: null });
  const title = t.cards.tasks[how].name;
  const moves = useWhatMoves('order' in state ? state.order.fromCard : null);

  const send = async (order: Order, approval: ApprovalAsked | null) => {
    setState({ stage: 'confirm', order, error: null, working: true });
    try {
      const moved = await client()?.cards.replace({ ...order, approval });
      if (!moved) return;
      sound.play('go');
      setState({ stage: 'done', moved });
    } catch (thrown) {
      const error = refusalOf(thrown) ?? { type: 'ServiceGone' as const };
      if (isAboutApproval(error, approval)) setState({ stage: 'approving', order, error });
      else setState({ stage: 'confirm', order, error, working: false });
    }
  };

  switch (state.stage) {
    case 'from': {
      const words = { title, label: t.cards.fromNumber, detail: t.cards.numberDetail, confirm: t.cards.next };
      const onNumber = (fromCard: string) => setState({ stage: 'to', fromCard, error: null });
      return <NumberEntry key="from" {...words} refused={state.error} onNumber={onNumber} onBack={onEnd} />;
    }
    case 'to': {
      const words = { title, label: t.cards.toNumber[how], detail: t.cards.toDetail, confirm: t.cards.next };
      const { fromCard } = state;
      const onNumber = (toCard: string) =>
        setState({
          stage: 'confirm',
          order: { intention: newId(), how, fromCard, toCard },
          error: null,
          working: false,
        });
      return <NumberEntry key="to" {...words} mayRead refused={state.error} onNumber={onNumber} onBack={onEnd} />;
    }
    case 'approving': {
      const { order } = state;
      const cards = `${formatCardNumber(order.fromCard)} → ${formatCardNumber(order.toCard)}`;
      const points = moves.stage === 'known' ? say(t.cards.movedPoints, { points: moves.points }) : null;
      return (
        <ApprovalPage
          act="replace"
          detail={points === null ? cards : `${points}, ${cards}`}
          error={approvalRefusal(state.error)}
          onApproval={(approval) => void send(order, approval)}
          onCancel={onEnd}
        />
      );
    }
    case 'confirm':
      return (
        <ConfirmMove
          {...state.order}
          moves={moves}
          error={state.error}
          working={state.working}
          onConfirm={() => void send(state.order, null)}
          onBack={onEnd}
        />
      );
    case 'done':
      return <Done moved={state.moved} onEnd={onEnd} />;
  }
}

function Done({ moved, onEnd }: { moved: Moved; onEnd: () => void }) {
  const { t, say, language } = useWords();
  return (
    <>
      <section className="eye res">
        <Verdict tone="go" word={say(t.cards.moved, { points: formatInteger(moved.points, language) })} large>
          {moved.card === 'applied' ? t.cards.movedNow : t.cards.movedLater}
          {moved.elsewhere === 'waits' ? ` ${t.cards.replaceWaits}` : null}
        </Verdict>
      </section>
      <section className="hand">
        <div className="push" />
        <Action kind="primary" keyName="Enter" onPress={onEnd} focus>
          {t.cards.finish}
        </Action>
      </section>
    </>
  );
}
