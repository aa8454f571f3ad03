import { useState } from 'react';
import type { TillError } from '#contract/till/errors.ts';
import { useCounter } from '../counter.ts';
import { Action } from '../frame/Action.tsx';
import { useTillView } from '../useTill.ts';
import { useTrainingWords } from './words.ts';

/** On the sign-in page: into training, and out of it. */
export function TrainingDoor({ onRefused }: { onRefused: (error: TillError) => void }) {
  const { places } = useCounter();
  const t = useTrainingWords();
  const training = useTillView((view) => view.state?.training ?? false);
  const [entering, setEntering] = useState(false);
  const enter = async () => {
    setEntering(true);
    const refusal = await places.enter();
    setEntering(false);
    if (refusal) onRefused(refusal);
  };
  const press = training ? places.leave : () => void enter();
  return (
    <Action layer="dialog" kind="quiet" keyName="T" onPress={press} disabled={entering}>
      {entering ? t.entering : training ? t.leave : t.enter}
    </Action>
  );
}
