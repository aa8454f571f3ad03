import { useCallback, useState } from 'react';
import type { OfficeCardRow } from '#contract/central/office-cards.ts';
import { Message } from '#renderer/ui/Message.tsx';
import { type ListFilter, ListFilters, noFilter } from '../lists/ListFilters.tsx';
import { ListFoot } from '../lists/ListFoot.tsx';
import { Nothing } from '../lists/Nothing.tsx';
import { type Page, useList } from '../lists/useList.ts';
import { useOffice } from '../office.ts';
import type { PageProps } from '../page.ts';
import { CardTable } from './CardTable.tsx';
import { OneCard } from './OneCard.tsx';
import { useCardWords } from './words.ts';

export const cardsPageId = 'cards';

/** The cards that the shop has seen: the list, or one of them (`#/cards/NUMBER`). */
export function CardsPage({ session, rest }: PageProps) {
  const [cardNumber] = rest;
  return cardNumber === undefined ? (
    <CardList />
  ) : (
    <OneCard key={cardNumber} cardNumber={cardNumber.replace(/\D/g, '')} mayWrite={session.role !== 'auditor'} />
  );
}

type CardPage = Page<OfficeCardRow> & { points: number };

function CardList() {
  const { client } = useOffice();
  const { t, say, lists, trouble: sayTrouble } = useCardWords();
  const [filter, setFilter] = useState<ListFilter>(noFilter);
  const read = useCallback(
    async (before?: string): Promise<CardPage> => {
      const { cards, next, totals } = await client.office.cards({
        ...(filter.search.trim() === '' ? {} : { search: filter.search.trim() }),
        ...(filter.status === '' ? {} : { status: filter.status as OfficeCardRow['status'] }),
        ...(before === undefined ? {} : { before }),
      });
      return { rows: cards, next, count: totals.cards, points: totals.points };
    },
    [client, filter],
  );
  const { page, trouble, loadingMore, more } = useList<OfficeCardRow>(read);
  const filtered = filter.search !== '' || filter.status !== '';
  const points = (page as CardPage | null)?.points ?? 0;
  return (
    <>
      <div className="h">
        <div>
          <h1>{t.title}</h1>
          <p data-figure="cards">{page ? say(t.subtitle, { count: page.count, points }) : lists.loading}</p>
        </div>
      </div>
      <ListFilters filter={filter} hint={t.searchHint} states={t.states} onChange={setFilter} />
      <Message trouble={trouble && sayTrouble(trouble)} />
      {page && page.rows.length > 0 ? (
        <section className="panel tbl">
          <CardTable rows={page.rows} />
          <ListFoot page={page} more={more} loadingMore={loadingMore} />
        </section>
      ) : null}
      {page && page.rows.length === 0 ? (
        <Nothing filtered={filtered} title={t.empty} detail={t.emptyDetail} onClear={() => setFilter(noFilter)} />
      ) : null}
    </>
  );
}
