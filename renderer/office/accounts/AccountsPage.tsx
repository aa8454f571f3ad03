import type { OfficeCardAccounts } from '#contract/central/office-accounts.ts';
import { formatCardNumber } from '#contract/loyalty/card-number.ts';
import { type CurrencyCode, formatAmount } from '#contract/money/index.ts';
import { Message } from '#renderer/ui/Message.tsx';
import type { CentralClient } from '../api.ts';
import { ExportButtons } from '../lists/ExportButtons.tsx';
import type { Asked } from '../lists/filter.ts';
import { ListFilters } from '../lists/ListFilters.tsx';
import { ListRows } from '../lists/ListRows.tsx';
import { type Column, ListTable } from '../lists/ListTable.tsx';
import { useFilteredList } from '../lists/useFilteredList.ts';
import { useShopWords } from '../lists/words.ts';
import type { PageProps } from '../page.ts';
import { HoldsPanel } from './HoldsPanel.tsx';
import { LimitForm } from './LimitForm.tsx';
import { useAccountWords } from './words.ts';

const fetchAccounts = (client: CentralClient, ask: Asked) => client.office.accounts(ask);

/** Purse and credit of the shop's cards, and how much each may owe. */
export function AccountsPage({ session }: PageProps) {
  const { t: shop, trouble: sayTrouble } = useShopWords();
  const { t, say } = useAccountWords();
  const list = useFilteredList(fetchAccounts);
  const { page, trouble, filter, setFilter, reload } = list;
  return (
    <>
      <div className="h">
        <div>
          <h1>{t.title}</h1>
          <p>{page ? say(t.subtitle, { count: page.count }) : shop.lists.loading}</p>
        </div>
        <ExportButtons list="accounts" filter={filter} count={page?.count ?? null} />
      </div>
      <ListFilters filter={filter} hint={t.searchHint} states={t.states} onChange={setFilter} />
      <Message trouble={trouble && sayTrouble(trouble)} done={null} />
      <ListRows list={list} empty={{ title: t.empty, detail: t.emptyDetail }}>
        {({ rows }) => <Table rows={rows} currency={session.currency} />}
      </ListRows>
      <p className="t2">{t.heldNote}</p>
      <HoldsPanel
        currency={session.currency}
        mayRelease={session.role !== 'auditor'}
        onReleased={() => void reload()}
      />
      {session.role === 'auditor' ? null : <LimitForm currency={session.currency} onSet={() => void reload()} />}
    </>
  );
}

function Table({ rows, currency }: { rows: readonly OfficeCardAccounts[]; currency: CurrencyCode }) {
  const { t, say, language } = useAccountWords();
  const { moment } = useShopWords();
  const amount = (minor: number) => formatAmount(minor, currency, language);
  const columns: Column<OfficeCardAccounts>[] = [
    {
      name: t.card,
      className: 'mono',
      sort: 'ascending',
      cell: ({ cardNumber, replacedBy }) => (
        <>
          {formatCardNumber(cardNumber)}
          {replacedBy ? <span className="t2 gone-to">{say(t.replacedBy, { byCardNumber: replacedBy })}</span> : null}
        </>
      ),
    },
    { name: t.purse, figure: true, cell: ({ purseMinor }) => amount(purseMinor) },
    { name: t.owed, figure: true, cell: ({ owedMinor }) => amount(owedMinor) },
    { name: t.limit, figure: true, cell: ({ limitMinor }) => amount(limitMinor) },
    { name: t.held, figure: true, cell: ({ heldMinor }) => amount(heldMinor) },
    { name: t.updated, cell: ({ updatedAt }) => moment(updatedAt) },
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
