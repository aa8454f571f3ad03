import { useState } from 'react';
import { Message } from '#renderer/ui/Message.tsx';
import type { CentralClient } from '../api.ts';
import { ExportButtons } from '../lists/ExportButtons.tsx';
import type { Asked } from '../lists/filter.ts';
import { ListFilters } from '../lists/ListFilters.tsx';
import { ListRows } from '../lists/ListRows.tsx';
import { useFilteredList } from '../lists/useFilteredList.ts';
import { useChange } from '../lists/useList.ts';
import { useOffice } from '../office.ts';
import { LotTable, type LotWork } from './LotTable.tsx';
import { OrderLot } from './OrderLot.tsx';
import { ShopStocks } from './ShopStocks.tsx';
import { Views } from './Views.tsx';
import { useStockWords } from './words.ts';

const fetchLots = (client: CentralClient, ask: Asked) => client.office.cardLots(ask);

/** Lots and what is left of them; ordering one, and, for the network, receiving it and handing it out. */
export function LotsView({ mayOrder }: { mayOrder: boolean }) {
  const { client } = useOffice();
  const { t, lists, say, trouble: sayTrouble } = useStockWords();
  const list = useFilteredList(fetchLots);
  const { page, trouble, filter, setFilter, reload } = list;
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
      <ListRows list={list} empty={{ title: t.emptyLots, detail: t.emptyLotsDetail }}>
        {({ rows }) => <LotTable rows={rows} work={work} />}
      </ListRows>
      {page && mayOrder ? <OrderLot shops={page.network ? page.stock : null} onOrdered={() => void reload()} /> : null}
    </>
  );
}
