import type { OfficeCardRow } from '#contract/central/office-cards.ts';
import { Cell } from '../lists/Cell.tsx';
import { addressOf } from '../route.ts';
import { StatusTag } from './StatusTag.tsx';
import { useCardWords } from './words.ts';

export function CardTable({ rows }: { rows: readonly OfficeCardRow[] }) {
  const { t, say, number, integer, amount, pending, moment } = useCardWords();
  return (
    <table>
      <caption className="spoken">{t.title}</caption>
      <thead>
        <tr>
          <th scope="col">{t.number}</th>
          <th scope="col">{t.holder}</th>
          <th scope="col">{t.state}</th>
          <th scope="col" className="r">
            {t.balance}
          </th>
          <th scope="col" className="r">
            {t.spend}
          </th>
          <th scope="col" aria-sort="descending">
            {t.used}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((card) => (
          <tr key={card.cardNumber} data-card={card.cardNumber}>
            <Cell name={t.number} className="mono">
              <a
                href={addressOf('cards', card.cardNumber)}
                aria-label={say(t.open, { number: number(card.cardNumber) })}
              >
                {number(card.cardNumber)}
              </a>
            </Cell>
            <Cell name={t.holder}>{card.holder ?? <span className="t2">{t.anonymous}</span>}</Cell>
            <Cell name={t.state}>
              <StatusTag status={card.status} />
            </Cell>
            <Cell name={t.balance} className="r num">
              {integer(card.balance)}
              {card.pendingPoints === 0 ? null : <small className="t2 under">{pending(card.pendingPoints)}</small>}
            </Cell>
            <Cell name={t.spend} className="r num">
              {amount(card.totalSpendMinor, card.currency)}
            </Cell>
            <Cell name={t.used}>{moment(card.updatedAt)}</Cell>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
