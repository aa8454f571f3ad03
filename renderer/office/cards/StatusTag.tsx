import type { OfficeCardRow } from '#contract/central/office-cards.ts';
import { Icon } from '#renderer/ui/icons.tsx';
import { useCardWords } from './words.ts';

/** A card's state: quiet while it is in use. */
export function StatusTag({ status }: { status: OfficeCardRow['status'] }) {
  const { t } = useCardWords();
  if (status === 'active') return <span className="t2">{t.states.active}</span>;
  return (
    <span className={`tag ${status === 'blocked' ? 'stop' : 'warn'}`}>
      <Icon name={status === 'blocked' ? 'stop' : 'absent'} />
      {t.states[status]}
    </span>
  );
}
