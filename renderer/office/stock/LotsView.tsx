import { useCallback, useState } from 'react';
import type { CardLot } from '#contract/central/office-cards-stock.ts';
import { Message } from '#renderer/ui/Message.tsx';
import { ExportButtons } from '../lists/ExportButtons.tsx';
import { type ListFilter, ListFilters, noFilter } from '../lists/ListFilters.tsx';
import { ListFoot } from '../lists/ListFoot.tsx';
import { Nothing } from '../lists/Nothing.tsx';
import { type Page, useChange, useList } from '../lists/useList.ts';
import { useOffice } from '../office.ts';
import { asked } from './asked.ts';
import { LotTable, type LotWork } from './LotTable.tsx';
import { OrderLot } from './OrderLot.tsx';
import { ShopStocks } from './ShopStocks.tsx';
import { Views } from './Views.tsx';
import { useStockWords } from './words.ts';

type LotsPage = Awaited<ReturnType<ReturnType<typeof useOffice>['client']['office']['cardLots']>>;

/** Lots and what is left of them; ordering one, and, for the network, receiving it and handing it out. */
export function LotsView({ mayOrder }: { mayOrder: boolean }) {
  const { client } = useOffice();
  const { t, lists, say, trouble: sayTrouble } = useStockWords();
  const [filter, setFilter] = useState<ListFilter>(noFilter);
  const read = useCallback((before?: string) => client.office.cardLots(asked(filter, before)), [client, filter]);
  const { page: anyPage, trouble, loadingMore, more, reload } = useList<CardLot>(read);
  const page = anyPage as (LotsPage & Page<CardLot>) | null;
  const { busy, trouble: workTrouble, change } = useChange();
  const [done, setDone] = useState<string | null>(null);
  const run = async (work: () => Promise<string>) => {
    if (busy) return;
    setDone(null);
    if (await change(async () => setDone(await work()))) await reload();
  };
  const work: LotWork | null = page?.network
    ? {
        shops: page.stock,
        receive: ({ lot }) =>
          void run(async () => {
            await client.office.makeCardLot({ lot });
            return say(t.received, { lot });
          }),
        handOut: ({ lot }, shop) =>
          void run(async () => {
            const handed = await client.office.assignCardLot({ lot, shop });
            return say(t.handedOut, { lot, shop: handed.shop });
          }),
      }
    : null;
  const wrong = workTrouble ?? trouble;
  return (
    <>
      <div className="h">
        <div>
          <h1>{t.title}</h1>
          <p>{page ? say(t.lotsSubtitle, { count: page.count }) : lists.loading}</p>
        </div>
        <ExportButtons
          list={page?.network ? 'network-card-lots' : 'card-lots'}
          filter={filter}
          count={page?.count ?? null}
        />
      </div>
      <Views current="lots" />
      {page ? <ShopStocks stock={page.stock} /> : null}
      <ListFilters filter={filter} hint={t.searchLots} states={t.lotStates} onChange={setFilter} />
      <Message trouble={wrong && sayTrouble(wrong)} done={done} />
      {page && page.rows.length > 0 ? (
        <section className="panel tbl">
          <LotTable rows={page.rows} work={work} />
          <ListFoot page={page} more={more} loadingMore={loadingMore} />
        </section>
      ) : null}
      {page && page.rows.length === 0 ? (
        <Nothing
          filtered={filter.search !== '' || filter.status !== ''}
          title={t.emptyLots}
          detail={t.emptyLotsDetail}
          onClear={() => setFilter(noFilter)}
        />
      ) : null}
      {page && mayOrder ? <OrderLot shops={page.network ? page.stock : null} onOrdered={() => void reload()} /> : null}
    </>
  );
}
