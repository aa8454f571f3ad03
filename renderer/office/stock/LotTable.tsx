import { useState } from 'react';
import type { CardLot, ShopStock } from '#contract/central/office-cards-stock.ts';
import { formatInteger } from '#contract/money/index.ts';
import { Icon } from '#renderer/ui/icons.tsx';
import { Cell } from '../lists/Cell.tsx';
import { useStockWords } from './words.ts';

/** What the network does with a lot. */
export type LotWork = {
  shops: readonly ShopStock[];
  receive: (lot: CardLot) => void;
  handOut: (lot: CardLot, shop: number) => void;
};

export function LotTable({ rows, work }: { rows: readonly CardLot[]; work: LotWork | null }) {
  const { t, say, language, day, number } = useStockWords();
  return (
    <table>
      <caption className="spoken">{t.title}</caption>
      <thead>
        <tr>
          <th scope="col" aria-sort="descending">
            {t.lot}
          </th>
          <th scope="col">{t.state}</th>
          <th scope="col">{t.numbers}</th>
          <th scope="col">{t.shop}</th>
          <th scope="col" className="r">
            {t.size}
          </th>
          <th scope="col" className="r">
            {t.issuedCount}
          </th>
          <th scope="col" className="r">
            {t.freeCount}
          </th>
          <th scope="col">{t.made}</th>
          {work ? <th scope="col">{t.action}</th> : null}
        </tr>
      </thead>
      <tbody>
        {rows.map((lot) => (
          <tr key={lot.lot} data-lot={lot.lot}>
            <Cell name={t.lot}>
              <b className="num">{lot.lot}</b>
              <small>{t.kinds[lot.kind]}</small>
            </Cell>
            <Cell name={t.state}>
              <State lot={lot} />
            </Cell>
            <Cell name={t.numbers} className="num">
              <span className="range">{say(t.from, { number: number(lot.firstNumber) })} </span>
              <span className="range">{say(t.to, { number: number(lot.lastNumber) })}</span>
            </Cell>
            <Cell name={t.shop}>{lot.shop ?? t.noShop}</Cell>
            <Cell name={t.size} className="r num">
              {formatInteger(lot.size, language)}
            </Cell>
            <Cell name={t.issuedCount} className="r num">
              {formatInteger(lot.issued, language)}
            </Cell>
            <Cell name={t.freeCount} className="r num">
              {formatInteger(lot.free, language)}
            </Cell>
            <Cell name={t.made}>{lot.madeAt === null ? t.notYet : day(lot.madeAt)}</Cell>
            {work ? (
              <Cell name={t.action}>
                <Actions lot={lot} work={work} />
              </Cell>
            ) : null}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function State({ lot }: { lot: CardLot }) {
  const { t } = useStockWords();
  if (lot.state === 'stock') return <span className="t2">{t.lotStates.stock}</span>;
  return (
    <span className={`tag ${lot.state === 'ordered' ? 't2' : 'warn'}`}>
      <Icon name={lot.state === 'ordered' ? 'clock' : 'warn'} />
      {t.lotStates[lot.state]}
    </span>
  );
}

function Actions({ lot, work }: { lot: CardLot; work: LotWork }) {
  const { t, say } = useStockWords();
  const [shop, setShop] = useState('');
  const others = work.shops.filter(({ number }) => number !== lot.shopNumber);
  return (
    <span className="lot-actions">
      {lot.state === 'ordered' ? (
        <button type="button" className="btn small" onClick={() => work.receive(lot)}>
          <span>
            {t.receive}
            <span className="spoken"> {say(t.theLot, { lot: lot.lot })}</span>
          </span>
        </button>
      ) : null}
      {lot.issued === 0 && others.length > 0 ? (
        <>
          <select
            className="input"
            aria-label={say(t.handOutLong, { lot: lot.lot })}
            value={shop}
            onChange={(event) => setShop(event.target.value)}
          >
            <option value="">{t.toShop}</option>
            {others.map(({ number, name }) => (
              <option key={number} value={number}>
                {name}
              </option>
            ))}
          </select>
          {shop === '' ? null : (
            <button type="button" className="btn small" onClick={() => work.handOut(lot, Number(shop))}>
              <span>
                {t.handOut}
                <span className="spoken"> {say(t.theLot, { lot: lot.lot })}</span>
              </span>
            </button>
          )}
        </>
      ) : null}
    </span>
  );
}
