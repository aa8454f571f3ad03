import { useCallback } from 'react';
import type { OfficeCardOperation } from '#contract/central/office-cards.ts';
import { Message } from '#renderer/ui/Message.tsx';
import type { CentralClient } from '../api.ts';
import { Cell } from '../lists/Cell.tsx';
import { ExportButtons } from '../lists/ExportButtons.tsx';
import type { Asked } from '../lists/filter.ts';
import { ListFilters } from '../lists/ListFilters.tsx';
import { ListRows } from '../lists/ListRows.tsx';
import { useFilteredList } from '../lists/useFilteredList.ts';
import { useCardWords } from './words.ts';

/** So many leave room for the holder on the same screen. */
const shownAtOnce = 8;

/** What moved the card in this shop, newest first, and what became of each write on the card. */
export function OperationTable({ cardNumber }: { cardNumber: string }) {
  const { t, trouble: sayTrouble } = useCardWords();
  const fetchOperations = useCallback(
    (client: CentralClient, ask: Asked) => client.office.cardOperations({ cardNumber, limit: shownAtOnce, ...ask }),
    [cardNumber],
  );
  const list = useFilteredList(fetchOperations);
  const { page, trouble, filter, setFilter, filtered } = list;
  const none = page?.count === 0 && !filtered;
  return (
    <>
      {none ? null : (
        <>
          <div className="h">
            <h2>{t.operations}</h2>
            <ExportButtons
              list="card-operations"
              filter={{ ...filter, card: cardNumber }}
              count={page?.count ?? null}
            />
          </div>
          <ListFilters
            filter={filter}
            hint={t.operationsHint}
            states={t.natures}
            onChange={setFilter}
            stateName={t.nature}
          />
        </>
      )}
      <Message trouble={trouble && sayTrouble(trouble)} />
      <ListRows list={list} empty={{ title: t.noOperations, detail: t.noOperationsDetail }}>
        {({ rows }) => <Table rows={rows} />}
      </ListRows>
    </>
  );
}

function Table({ rows }: { rows: readonly OfficeCardOperation[] }) {
  const { t } = useCardWords();
  return (
    <table>
      <caption className="spoken">{t.operations}</caption>
      <thead>
        <tr>
          <th scope="col" aria-sort="descending">
            {t.date}
          </th>
          <th scope="col">{t.nature}</th>
          <th scope="col">{t.till}</th>
          <th scope="col">{t.ticket}</th>
          <th scope="col" className="r">
            {t.amount}
          </th>
          <th scope="col" className="r">
            {t.points}
          </th>
          <th scope="col">{t.onCard}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((operation) => (
          <Row key={operation.intention} operation={operation} />
        ))}
      </tbody>
    </table>
  );
}
function Row({ operation }: { operation: OfficeCardOperation }) {
  const { t, say, number, signed, amount, moment } = useCardWords();
  const { kind, otherCard, currency, amountMinor } = operation;
  return (
    <tr data-operation={kind}>
      <Cell name={t.date}>{moment(operation.wallTime)}</Cell>
      <Cell name={t.nature}>{say(t.kinds[kind], { number: otherCard ? number(otherCard) : '' })}</Cell>
      <Cell name={t.till}>{operation.till ?? <span className="t2">{t.byServer}</span>}</Cell>
      <Cell name={t.ticket} className="num">
        {operation.ticketNumber ?? ''}
      </Cell>
      <Cell name={t.amount} className="r num">
        {currency && amountMinor !== 0 ? amount(amountMinor, currency) : ''}
      </Cell>
      <Cell name={t.points} className="r num">
        {signed(operation.points)}
      </Cell>
      <Cell name={t.onCard}>
        <OnCard operation={operation} />
      </Cell>
    </tr>
  );
}

/** The balance the card had then; or what is still open. */
function OnCard({ operation: { kind, outcome, cardBalance } }: { operation: OfficeCardOperation }) {
  const { t, say, integer } = useCardWords();
  const { outcomes } = t;
  if (kind === 'moved-out') return <span className="t2">{outcomes.none}</span>;
  if (outcome === 'applied') {
    const balance = cardBalance === null ? outcomes.plain : say(outcomes.applied, { balance: integer(cardBalance) });
    return <span className="t2">{balance}</span>;
  }
  return <span className="tag warn">{outcome === null ? outcomes.waiting : outcomes[outcome]}</span>;
}
