import { Action } from '../frame/Action.tsx';
import { useTillView } from '../useTill.ts';
import type { TrainingDoorState } from './useTrainingDoor.ts';
import { useTrainingWords } from './words.ts';

/** On the sign-in page: into training, and out of it. */
export function TrainingDoor({ door }: { door: TrainingDoorState }) {
  const t = useTrainingWords();
  const signedIn = useTillView((view) => view.staff !== null);
  const enter = door.mustFinish ? t.finishFirst : signedIn ? t.signOutAndEnter : t.enter;
  const words = door.entering ? t.entering : door.training ? t.leave : enter;
  return (
    <Action layer="dialog" kind="quiet" keyName="T" onPress={door.press} disabled={door.entering || door.mustFinish}>
      {words}
    </Action>
  );
}
