import type { OfficeCardRow } from '#contract/central/office-cards.ts';
import { type Column, ListTable } from '../lists/ListTable.tsx';
import { addressOf } from '../route.ts';
import { StatusTag } from './StatusTag.tsx';
import { useCardWords } from './words.ts';

export function CardTable({ rows }: { rows: readonly OfficeCardRow[] }) {
  const { t, say, number, integer, amount, pending, moment } = useCardWords();
  const columns: Column<OfficeCardRow>[] = [
    {
      name: t.number,
      className: 'mono',
      cell: ({ cardNumber }) => (
        <a href={addressOf('cards', cardNumber)} aria-label={say(t.open, { number: number(cardNumber) })}>
          {number(cardNumber)}
        </a>
      ),
    },
    { name: t.holder, cell: ({ holder }) => holder ?? <span className="t2">{t.anonymous}</span> },
    { name: t.state, cell: ({ status }) => <StatusTag status={status} /> },
    {
      name: t.balance,
      figure: true,
      cell: ({ balance, pendingPoints }) => (
        <>
          {integer(balance)}
          {pendingPoints === 0 ? null : <small className="t2 under">{pending(pendingPoints)}</small>}
        </>
      ),
    },
    { name: t.spend, figure: true, cell: ({ totalSpendMinor, currency }) => amount(totalSpendMinor, currency) },
    { name: t.used, sort: 'descending', cell: ({ updatedAt }) => moment(updatedAt) },
  ];
  return (
    <ListTable
      caption={t.title}
      columns={columns}
      rows={rows}
      keyOf={({ cardNumber }) => cardNumber}
      attributes={({ cardNumber }) => ({ 'data-card': cardNumber })}
    />
  );
}
