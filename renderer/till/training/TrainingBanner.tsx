import { Icon } from '#renderer/ui/icons.tsx';
import { useCounter } from '../counter.ts';
import { Action } from '../frame/Action.tsx';
import { useSale, useTillView } from '../useTill.ts';
import { useTrainingWords } from './words.ts';

/** On every screen of the training till: striped, and the way out. */
export function TrainingBanner() {
  const { places } = useCounter();
  const t = useTrainingWords();
  const sale = useSale();
  const training = useTillView((view) => view.state?.training ?? false);
  if (!training) return null;
  return (
    <div className="training-banner" role="status">
      <Icon name="warn" />
      <b>{t.banner}</b>
      <span>{t.bannerDetail}</span>
      <Action kind="small" onPress={places.leave} disabled={sale.stage === 'waiting'}>
        {t.leave}
      </Action>
    </div>
  );
}
