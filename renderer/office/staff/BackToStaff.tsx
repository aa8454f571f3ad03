import { useShopWords } from '../lists/words.ts';
import { addressOf } from '../route.ts';

export function BackToStaff() {
  const { t } = useShopWords();
  return (
    <p>
      <a className="back" href={addressOf('staff')}>
        {t.lists.back}
      </a>
    </p>
  );
}
