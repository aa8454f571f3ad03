import { useState } from 'react';
import type { CardLot, ShopStock } from '#contract/central/office-cards-stock.ts';
import { formatInteger } from '#contract/money/index.ts';
import { Icon } from '#renderer/ui/icons.tsx';
import { type Column, ListTable } from '../lists/ListTable.tsx';
import { useStockWords } from './words.ts';

/** What the network does with a lot. */
export type LotWork = {
  shops: readonly ShopStock[];
  receive: (lot: CardLot) => void;
  handOut: (lot: CardLot, shop: number) => void;
};

export function LotTable({ rows, work }: { rows: readonly CardLot[]; work: LotWork | null }) {
  const { t, say, language, day, number } = useStockWords();
  const columns: Column<CardLot>[] = [
    {
      name: t.lot,
      sort: 'descending',
      cell: ({ lot, kind }) => (
        <>
          <b className="num">{lot}</b>
          <small>{t.kinds[kind]}</small>
        </>
      ),
    },
    { name: t.state, cell: (lot) => <State lot={lot} /> },
    {
      name: t.numbers,
      className: 'num',
      cell: ({ firstNumber, lastNumber }) => (
        <>
          <span className="range">{say(t.from, { number: number(firstNumber) })} </span>
          <span className="range">{say(t.to, { number: number(lastNumber) })}</span>
        </>
      ),
    },
    { name: t.shop, cell: ({ shop }) => shop ?? t.noShop },
    { name: t.size, figure: true, cell: ({ size }) => formatInteger(size, language) },
    { name: t.issuedCount, figure: true, cell: ({ issued }) => formatInteger(issued, language) },
    { name: t.freeCount, figure: true, cell: ({ free }) => formatInteger(free, language) },
    { name: t.made, cell: ({ madeAt }) => (madeAt === null ? t.notYet : day(madeAt)) },
  ];
  if (work) columns.push({ name: t.action, cell: (lot) => <Actions lot={lot} work={work} /> });
  return (
    <ListTable
      caption={t.title}
      columns={columns}
      rows={rows}
      keyOf={({ lot }) => String(lot)}
      attributes={({ lot }) => ({ 'data-lot': lot })}
    />
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
