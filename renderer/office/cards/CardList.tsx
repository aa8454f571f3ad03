import { Message } from '#renderer/ui/Message.tsx';
import type { CentralClient } from '../api.ts';
import { ExportButtons } from '../lists/ExportButtons.tsx';
import type { Asked } from '../lists/filter.ts';
import { ListFilters } from '../lists/ListFilters.tsx';
import { ListRows } from '../lists/ListRows.tsx';
import { useFilteredList } from '../lists/useFilteredList.ts';
import { addressOf } from '../route.ts';
import { CardTable } from './CardTable.tsx';
import { useCardWords } from './words.ts';

const fetchCards = async (client: CentralClient, ask: Asked) => {
  const { cards, next, totals } = await client.office.cards(ask);
  return { rows: cards, next, count: totals.cards, points: totals.points };
};

/** The cards that the shop has seen, with who holds them, the last used first. */
export function CardList() {
  const { t, say, lists, trouble: sayTrouble } = useCardWords();
  const list = useFilteredList(fetchCards);
  const { page, trouble, filter, setFilter } = list;
  return (
    <>
      <div className="h">
        <div>
          <h1>{t.title}</h1>
          <p data-figure="cards">
            {page ? say(t.subtitle, { count: page.count, points: page.points }) : lists.loading}
          </p>
        </div>
        <div className="row apart">
          <a className="back" href={addressOf('cards', 'file')}>
            {t.file.title}
          </a>
          <ExportButtons list="ledger" filter={filter} count={page?.count ?? null} />
        </div>
      </div>
      <ListFilters filter={filter} hint={t.searchHint} states={t.states} onChange={setFilter} />
      <Message trouble={trouble && sayTrouble(trouble)} />
      <ListRows list={list} empty={{ title: t.empty, detail: t.emptyDetail }}>
        {({ rows }) => <CardTable rows={rows} />}
      </ListRows>
    </>
  );
}
