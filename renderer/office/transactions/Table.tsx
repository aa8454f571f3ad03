import type { OfficeTransaction } from '#contract/central/index.ts';
import { formatCardNumber } from '#contract/loyalty/card-number.ts';
import { type CurrencyCode, currencies, formatAmount, formatInteger, type Language } from '#contract/money/index.ts';
import { Icon } from '#renderer/ui/icons.tsx';
import { type Column, ListTable } from '../lists/ListTable.tsx';
import { useWords } from '../office.ts';
import { keyOf, type Listing } from './useTransactions.ts';

type Props = { listing: Listing; currency: CurrencyCode; more: () => void; loadingMore: boolean };

/** Newest first. A sign, never a colour, tells what was added; a late upload shows its own date and when it came. */
export function Table({ listing, currency, more, loadingMore }: Props) {
  const { t, say, language } = useWords();
  const { transactions: words } = t;
  const kinds: Record<string, string> = words.kinds;
  const columns: Column<OfficeTransaction>[] = [
    { name: words.date, sort: 'descending', cell: ({ wallTime }) => moment(wallTime, language) },
    { name: words.operation, className: 'num', cell: ({ ticketNumber }) => ticketNumber },
    { name: words.card, className: 'mono', cell: ({ cardNumber }) => formatCardNumber(cardNumber) },
    { name: words.nature, className: 'words', cell: ({ kind }) => kinds[kind] ?? words.kinds.other },
    { name: words.terminal, className: 'words', cell: ({ terminalLabel }) => terminalLabel },
    { name: words.by, className: 'words', cell: ({ staffName, staff }) => staffName ?? staff },
    { name: currencies[currency].symbol, figure: true, cell: (row) => amountOf(row, language) },
    { name: words.points, figure: true, cell: (row) => pointsOf(row, language) },
    {
      name: words.balance,
      figure: true,
      cell: ({ balance }) => (balance === null ? '' : formatInteger(balance, language)),
    },
    { name: words.server, className: 'words', cell: (row) => <Received row={row} /> },
  ];
  return (
    <section className="panel tbl">
      <ListTable
        caption={words.newest}
        columns={columns}
        rows={listing.transactions}
        keyOf={keyOf}
        attributes={(row) => ({
          className: listing.fresh.has(keyOf(row)) ? 'fresh' : '',
          'data-ticket': row.ticketNumber,
        })}
      />
      <div className="foot-line p-4">
        <span className="t2">
          {say(words.shown, {
            shown: formatInteger(listing.transactions.length, language),
            count: formatInteger(listing.totals.count, language),
          })}
        </span>
        {listing.next ? (
          <button type="button" className="btn small" onClick={more} aria-disabled={loadingMore || undefined}>
            <span>{loadingMore ? words.loading : words.more}</span>
          </button>
        ) : null}
      </div>
    </section>
  );
}

const moment = (text: string, language: Language) =>
  new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  })
    .format(Date.parse(text))
    .replace(/ à |, /, ' ');

/** None where only points were spent. */
const amountOf = ({ kind, amountMinor, currency }: OfficeTransaction, language: Language) =>
  kind === 'loyalty.spend' && amountMinor === 0 ? '' : formatAmount(amountMinor, currency, language, 'none');

/** None where none could be. */
const pointsOf = ({ kind, points }: OfficeTransaction, language: Language) =>
  kind.startsWith('loyalty.') ? `${points > 0 ? '+' : ''}${formatInteger(points, language)}` : '';

/** What came late says when; what is not known to be on its card says so. */
function Received({ row: { late, receivedAt, cardOutcome } }: { row: OfficeTransaction }) {
  const { t, say, language } = useWords();
  const { transactions: words } = t;
  if (!late) {
    return <span className="t2">{cardOutcome === 'unknown' ? words.cardUnknown : words.received}</span>;
  }
  return (
    <span className="tag warn">
      <Icon name="clock" />
      {say(words.receivedOn, { when: moment(receivedAt, language) })}
    </span>
  );
}
