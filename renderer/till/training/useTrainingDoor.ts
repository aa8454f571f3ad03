import { useState } from 'react';
import type { TillError } from '#contract/till/errors.ts';
import { useCounter } from '../counter.ts';
import { useSale, useTillView } from '../useTill.ts';
import { beforeTraining } from './before.ts';

/** The way into training, and out of it. */
export function useTrainingDoor(onRefused: (error: TillError) => void) {
  const { places } = useCounter();
  const training = useTillView((view) => view.state?.training ?? false);
  const before = beforeTraining(useSale());
  const [asking, setAsking] = useState(false);
  const [entering, setEntering] = useState(false);
  const enter = async () => {
    setAsking(false);
    setEntering(true);
    const refusal = await places.enter();
    setEntering(false);
    if (refusal) onRefused(refusal);
  };
  return {
    training,
    entering,
    /** A sale that a card may hold is finished first. */
    mustFinish: !training && before === 'finish',
    /** Whether a sale may be given up for it. */
    asking,
    press() {
      if (training) places.leave();
      else if (before === 'ask') setAsking(true);
      else void enter();
    },
    confirm: () => void enter(),
    keep: () => setAsking(false),
  };
}

export type TrainingDoorState = ReturnType<typeof useTrainingDoor>;
