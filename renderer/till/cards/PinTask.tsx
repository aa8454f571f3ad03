import { useEffect, useRef, useState } from 'react';
import type { ApprovalAsked } from '#contract/till/loyalty.ts';
import { describeError } from '#resources/locales/describe.ts';
import { ApprovalPage } from '../approval/ApprovalPage.tsx';
import { useCounter } from '../counter.ts';
import { useWords } from '../useTill.ts';
import { useCardWork } from './cardWork.ts';
import { PinEntry } from './PinEntry.tsx';
import { afterRefusal, type PinChange, pinChange, withNewPin, withNewPinAgain, withOldPin } from './pinChange.ts';
import { WorkEye } from './WorkEye.tsx';
import { WorkHand } from './WorkHand.tsx';

/** The customer chooses a PIN, or changes it. */
export function PinTask({ onEnd }: { onEnd: () => void }) {
  const { newId } = useCounter();
  const { t, language } = useWords();
  const { work, start } = useCardWork();
  const intention = useRef(newId());
  const approved = useRef<ApprovalAsked | null>(null);
  const [state, setState] = useState(pinChange);
  const title = t.cards.tasks.pin.name;

  const begin = ({ newPin, oldPin: pin, lies }: PinChange, approval: ApprovalAsked | null) => {
    approved.current = approval;
    const order = { intention: intention.current, newPin, pin, approval, useCardAsItLies: lies || approval !== null };
    start(order.intention, (client) => client.cards.setPin(order));
  };
  const go = (next: PinChange, approval: ApprovalAsked | null = null) => {
    setState(next);
    if (next.step === 'work') begin(next, approval);
  };
  const error = work.stage === 'refused' ? work.error : null;
  useEffect(() => {
    if (error) setState((current) => afterRefusal(current, error, approved.current));
  }, [error]);

  switch (state.step) {
    case 'old': {
      const said = state.error && describeError(language, state.error);
      return (
        <PinEntry
          key="old"
          above={title}
          error={state.error}
          prompt={said ? said.title : t.cards.oldPin}
          detail={said ? `${said.state} ${said.remedy}` : t.cards.oldPinDetail}
          confirm={t.cards.next}
          onPin={(pin) => go(withOldPin(state, pin))}
          onBack={onEnd}
          other={{ words: t.cards.noOldPin, onPress: () => go(withOldPin(state, null)) }}
        />
      );
    }
    case 'new':
      return (
        <PinEntry
          key="new"
          above={title}
          prompt={t.cards.newPin}
          detail={state.differ ? t.cards.pinsDiffer : t.cards.newPinDetail}
          confirm={t.cards.next}
          onPin={(pin) => go(withNewPin(state, pin))}
          onBack={onEnd}
        />
      );
    case 'again':
      return (
        <PinEntry
          key="again"
          above={title}
          prompt={t.cards.newPinAgain}
          detail={t.cards.newPinAgainDetail}
          confirm={t.spend.pinGive}
          onPin={(pin) => go(withNewPinAgain(state, pin))}
          onBack={onEnd}
        />
      );
    case 'approval':
      return (
        <ApprovalPage
          act="pin"
          error={state.error}
          onApproval={(approval) => go({ ...state, step: 'work' }, approval)}
          onCancel={onEnd}
        />
      );
    case 'work':
      return (
        <>
          <WorkEye title={title} done={t.cards.pinSet} work={work} />
          <WorkHand work={work} again={() => begin(state, null)} onEnd={onEnd} />
        </>
      );
  }
}
