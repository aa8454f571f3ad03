import type { OfficeTransaction } from '#contract/central/index.ts';
import { formatCardNumber } from '#contract/loyalty/card-number.ts';
import { type CurrencyCode, currencies, formatAmount, formatInteger } from '#contract/money/index.ts';
import { Icon } from '#renderer/ui/icons.tsx';
import { Cell } from '../lists/Cell.tsx';
import { useWords } from '../office.ts';
import { keyOf, type Listing } from './useTransactions.ts';

type Props = { listing: Listing; currency: CurrencyCode; more: () => void; loadingMore: boolean };

/** Newest first. A sign, never a colour, tells what was added; a late upload shows its own date and when it came. */
export function Table({ listing, currency, more, loadingMore }: Props) {
  const { t, say, language } = useWords();
  const { transactions: words } = t;
  return (
    <section className="panel tbl">
      <table>
        <caption className="spoken">{words.newest}</caption>
        <thead>
          <tr>
            <th scope="col" aria-sort="descending">
              {words.date}
            </th>
            <th scope="col">{words.operation}</th>
            <th scope="col">{words.card}</th>
            <th scope="col">{words.nature}</th>
            <th scope="col">{words.terminal}</th>
            <th scope="col">{words.by}</th>
            <th scope="col" className="r">
              {currencies[currency].symbol}
            </th>
            <th scope="col" className="r">
              {words.points}
            </th>
            <th scope="col" className="r">
              {words.balance}
            </th>
            <th scope="col">{words.server}</th>
          </tr>
        </thead>
        <tbody>
          {listing.transactions.map((row) => (
            <Row key={keyOf(row)} row={row} fresh={listing.fresh.has(keyOf(row))} />
          ))}
        </tbody>
      </table>
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

function Row({ row, fresh }: { row: OfficeTransaction; fresh: boolean }) {
  const { t, say, language } = useWords();
  const { transactions: words } = t;
  const kinds: Record<string, string> = words.kinds;
  const moment = (text: string) =>
    new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', {
      day: 'numeric',
      month: 'short',
      hour: '2-digit',
      minute: '2-digit',
    })
      .format(Date.parse(text))
      .replace(/ à |, /, ' ');
  return (
    <tr className={fresh ? 'fresh' : ''} data-ticket={row.ticketNumber}>
      <Cell name={words.date}>{moment(row.wallTime)}</Cell>
      <Cell name={words.operation} className="num">
        {row.ticketNumber}
      </Cell>
      <Cell name={words.card} className="mono">
        {formatCardNumber(row.cardNumber)}
      </Cell>
      <Cell name={words.nature}>{kinds[row.kind] ?? words.kinds.other}</Cell>
      <Cell name={words.terminal} className="words">
        {row.terminalLabel}
      </Cell>
      <Cell name={words.by} className="words">
        {row.staffName ?? row.staff ?? ''}
      </Cell>
      <Cell name={currencies[row.currency].symbol} className="r num">
        {row.kind === 'loyalty.spend' && row.amountMinor === 0
          ? ''
          : formatAmount(row.amountMinor, row.currency, language, 'none')}
      </Cell>
      <Cell name={words.points} className="r num">
        {row.kind.startsWith('loyalty.') ? `${row.points > 0 ? '+' : ''}${formatInteger(row.points, language)}` : ''}
      </Cell>
      <Cell name={words.balance} className="r num">
        {row.balance === null ? '' : formatInteger(row.balance, language)}
      </Cell>
      <Cell name={words.server}>
        {row.late ? (
          <span className="tag warn">
            <Icon name="clock" />
            {say(words.receivedOn, { when: moment(row.receivedAt) })}
          </span>
        ) : (
          <span className="t2">{row.cardOutcome === 'unknown' ? words.cardUnknown : words.received}</span>
        )}
      </Cell>
    </tr>
  );
}
