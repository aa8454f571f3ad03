import { addressOf } from '../route.ts';
import { useStockWords } from './words.ts';

/** The two views of the page. */
export function Views({ current }: { current: 'lots' | 'issued' }) {
  const { t } = useStockWords();
  const link = (view: 'lots' | 'issued', address: string) => (
    <a className="btn small" href={address} aria-current={view === current ? 'page' : undefined}>
      <span>{t[view]}</span>
    </a>
  );
  return (
    <nav className="views" aria-label={t.views}>
      {link('lots', addressOf('stock'))}
      {link('issued', addressOf('stock', 'issued'))}
    </nav>
  );
}
