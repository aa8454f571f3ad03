import { useEffect, useRef } from 'react';
import { useCounter } from '../counter.ts';
import { useWords } from '../useTill.ts';
import { useCardWork } from './cardWork.ts';
import { WorkEye } from './WorkEye.tsx';
import { WorkHand } from './WorkHand.tsx';

/** A blank card becomes a working card of this shop. The intention is one for all tries: a card is issued once. */
export function IssueTask({ onEnd }: { onEnd: () => void }) {
  const { newId } = useCounter();
  const { t } = useWords();
  const { work, start } = useCardWork();
  const intention = useRef(newId());
  const begin = () => start(intention.current, (client) => client.cards.issue({ intention: intention.current }));
  // biome-ignore lint/correctness/useExhaustiveDependencies: the wait begins once, with the page
  useEffect(begin, []);
  return (
    <>
      <WorkEye title={t.cards.tasks.issue.name} work={work} />
      <WorkHand work={work} again={begin} onEnd={onEnd} />
    </>
  );
}
