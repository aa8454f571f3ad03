import type { SaleResult } from '#contract/till/loyalty.ts';
import { Icon } from '#renderer/ui/icons.tsx';
import { useWords } from '../useTill.ts';

/** What the customer could take already, to be told: the dearest by its name. */
export function InReach({ gifts }: { gifts: SaleResult['inReach'] }) {
  const { t, say, language } = useWords();
  const dearest = gifts.at(-1);
  if (!dearest) return null;
  const gift = dearest.name[language];
  return (
    <p className="in-reach" data-in-reach={gifts.length}>
      <Icon name="gift" />
      <span>
        <b>{t.result.tell}</b>{' '}
        {gifts.length === 1
          ? say(t.result.inReach, { gift })
          : say(t.result.inReachMany, { count: gifts.length, gift })}
      </span>
    </p>
  );
}
