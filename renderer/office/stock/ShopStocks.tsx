import type { ShopStock } from '#contract/central/office-cards-stock.ts';
import { formatInteger } from '#contract/money/index.ts';
import { Icon } from '#renderer/ui/icons.tsx';
import { useStockWords } from './words.ts';

/** So few cards are a few days' worth: time to order. */
const lowBelow = 50;

/** What each shop has left, in figures. */
export function ShopStocks({ stock }: { stock: readonly ShopStock[] }) {
  const { t, say, language } = useStockWords();
  return (
    <section className="panel stocks" aria-label={t.stockOf}>
      {stock.map(({ number, name, free, issued, ordered }) => (
        <dl key={number} data-shop={number}>
          <dt>{name}</dt>
          <dd>
            <span data-figure="free">{formatInteger(free, language)}</span>
            <small>{t.free}</small>
          </dd>
          <dd className="t2">{say(t.shopFigures, { issued, ordered: ordered > 0 ? ordered : null })}</dd>
          {free < lowBelow ? (
            <dd className="tag warn">
              <Icon name="warn" />
              {t.low}
            </dd>
          ) : null}
        </dl>
      ))}
    </section>
  );
}
