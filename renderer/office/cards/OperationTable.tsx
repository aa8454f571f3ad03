import { useCallback } from 'react';
import type { OfficeCardOperation } from '#contract/central/office-cards.ts';
import { Message } from '#renderer/ui/Message.tsx';
import type { CentralClient } from '../api.ts';
import { ExportButtons } from '../lists/ExportButtons.tsx';
import type { Asked } from '../lists/filter.ts';
import { ListFilters } from '../lists/ListFilters.tsx';
import { ListRows } from '../lists/ListRows.tsx';
import { type Column, ListTable } from '../lists/ListTable.tsx';
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
  const { t, say, number, signed, amount, moment } = useCardWords();
  const columns: Column<OfficeCardOperation>[] = [
    { name: t.date, sort: 'descending', cell: ({ wallTime }) => moment(wallTime) },
    {
      name: t.nature,
      cell: ({ kind, otherCard }) => say(t.kinds[kind], { number: otherCard ? number(otherCard) : '' }),
    },
    { name: t.till, cell: ({ till }) => till ?? <span className="t2">{t.byServer}</span> },
    { name: t.ticket, className: 'num', cell: ({ ticketNumber }) => ticketNumber },
    {
      name: t.amount,
      figure: true,
      cell: ({ currency, amountMinor }) => (currency && amountMinor !== 0 ? amount(amountMinor, currency) : ''),
    },
    { name: t.points, figure: true, cell: ({ points }) => signed(points) },
    { name: t.onCard, cell: (operation) => <OnCard operation={operation} /> },
  ];
  return (
    <ListTable
      caption={t.operations}
      columns={columns}
      rows={rows}
      keyOf={({ intention }) => intention}
      attributes={({ kind }) => ({ 'data-operation': kind })}
    />
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
