import { Icon } from '#renderer/ui/icons.tsx';
import { Action } from '../frame/Action.tsx';
import type { TrainingDoorState } from './useTrainingDoor.ts';
import { useTrainingWords } from './words.ts';

/** Whether a sale is given up to practise: the safe answer has the focus, and Enter with it. */
export function TrainingQuestion({ door }: { door: TrainingDoorState }) {
  const t = useTrainingWords();
  return (
    <>
      <section className="eye panel day-confirm" data-training="question">
        <h1 className="title">{t.question}</h1>
        <ul className="z-says">
          <li>
            <Icon name="warn" />
            {t.saleGone}
          </li>
          <li>
            <Icon name="lock" />
            {t.signedOut}
          </li>
        </ul>
      </section>
      <section className="hand">
        <div className="push" />
        <Action layer="dialog" keyName="Escape" kind="large" onPress={door.keep} focus>
          {t.keepSale}
        </Action>
        <Action layer="dialog" kind="primary quiet" keyName="T" onPress={door.confirm}>
          {t.giveUp}
        </Action>
      </section>
    </>
  );
}
