import { Simulator } from '../simulator/Simulator.tsx';
import { useTray } from '../useTill.ts';
import { Operations } from './Operations.tsx';

type Props = {
  current: Parameters<typeof Operations>[0]['current'];
  /** A card is waited for: the tray's digits lay one. */
  waiting: boolean;
};

/** What can be done with a card; under the simulators' tray where that is asked for, so that the keys go on. */
export function OperationsOrTray({ current, waiting }: Props) {
  if (!useTray()) return <Operations current={current} />;
  return (
    <>
      <Simulator waiting={waiting} />
      <Operations current={current} slim />
    </>
  );
}
