import { useEffect, useRef, useState } from 'react';
import type { ApprovalAsked } from '#contract/till/loyalty.ts';
import { ApprovalPage } from '../approval/ApprovalPage.tsx';
import { useCounter } from '../counter.ts';
import { useWords } from '../useTill.ts';
import { useCardWork } from './cardWork.ts';
import { PinEntry } from './PinEntry.tsx';
import { WorkEye } from './WorkEye.tsx';
import { WorkHand } from './WorkHand.tsx';

type Step = 'new' | 'again' | 'work' | 'old' | 'approval';

/** The customer chooses a PIN: twice the new one, then the card; the one of today only where the card has one. */
export function PinTask({ onEnd }: { onEnd: () => void }) {
  const { newId } = useCounter();
  const { t } = useWords();
  const { work, start } = useCardWork();
  const intention = useRef(newId());
  const newPin = useRef('');
  const [step, setStep] = useState<Step>('new');
  const [differ, setDiffer] = useState(false);
  const title = t.cards.tasks.pin.name;

  const begin = (pin: string | null, approval: ApprovalAsked | null) => {
    setStep('work');
    const order = { intention: intention.current, newPin: newPin.current, pin, approval };
    start((client) => client.cards.setPin({ ...order, useCardAsItLies: pin !== null || approval !== null }));
  };
  const asksOld = work.stage === 'refused' && (work.error.type === 'PinRequired' || work.error.type === 'PinWrong');
  const asksApproval = work.stage === 'refused' && work.error.type === 'ApprovalRequired';
  useEffect(() => {
    if (asksOld) setStep('old');
    if (asksApproval) setStep('approval');
  }, [asksOld, asksApproval]);

  switch (step) {
    case 'new':
      return (
        <PinEntry
          key="new"
          above={title}
          prompt={t.cards.newPin}
          detail={differ ? t.cards.pinsDiffer : t.cards.newPinDetail}
          confirm={t.cards.next}
          onPin={(pin) => {
            newPin.current = pin;
            setStep('again');
          }}
          onBack={onEnd}
        />
      );
    case 'again': {
      const onPin = (pin: string) => {
        setDiffer(pin !== newPin.current);
        if (pin === newPin.current) begin(null, null);
        else setStep('new');
      };
      const words = {
        above: title,
        prompt: t.cards.newPinAgain,
        detail: t.cards.newPinAgainDetail,
        confirm: t.spend.pinGive,
      };
      return <PinEntry key="again" {...words} onPin={onPin} onBack={onEnd} />;
    }
    case 'old':
      return (
        <PinEntry
          key="old"
          above={title}
          prompt={t.cards.oldPin}
          detail={t.spend.pinDetail}
          confirm={t.spend.pinGive}
          onPin={(pin) => begin(pin, null)}
          onBack={onEnd}
          other={{ words: t.cards.forgotten, onPress: () => setStep('approval') }}
        />
      );
    case 'approval':
      return <ApprovalPage act="pin" onApproval={(approval) => begin(null, approval)} onCancel={onEnd} />;
    case 'work':
      return (
        <>
          <WorkEye title={title} done={t.cards.pinSet} work={work} />
          <WorkHand work={work} again={() => begin(null, null)} onEnd={onEnd} />
        </>
      );
  }
}
