import { formatAmount, formatInteger } from '#contract/money/index.ts';
import type { CardView } from '#contract/till/loyalty.ts';
import { formatMoment } from '#renderer/ui/format.ts';
import { useNowMs, useTillView, useWords } from '../useTill.ts';

/** What a card holds: this shop's balance first, then its history. */
export function CardFacts({ card }: { card: CardView }) {
  const { t, say, language } = useWords();
  const nowMs = useNowMs();
  const currency = useTillView((view) => view.state?.currency ?? 'XOF');
  const [here, ...elsewhere] = card.balances;
  const operations: Record<string, string> = t.card.operation;
  const balance = formatInteger(here?.balance ?? 0, language);
  return (
    <section className="eye panel bal">
      <div className="holder">
        <b>{say(t.result.card, { cardNumber: card.cardNumber })}</b>
        <span className="t2">
          {t.card.totalSpend} <b>{formatAmount(card.totalSpendMinor, currency, language, 'short')}</b>
        </span>
      </div>
      <div role="status" className="standing">
        <p className="label">{here ? `${t.card.balanceHere}, ${here.shop}` : t.card.balanceHere}</p>
        <p className="big">
          <span className="num" data-size={balance.length > 6 ? 'many' : 'few'}>
            <span data-figure="balance">{balance}</span>
            <small>{t.result.points}</small>
          </span>
        </p>
        {card.settled.length > 0 ? <p className="tag warn">{t.card.settled}</p> : null}
        <Ledger card={card} />
      </div>
      {elsewhere.length > 0 ? (
        <p className="t2">
          {t.card.elsewhere}{' '}
          {elsewhere.map(({ shop, balance }) => `${shop} ${formatInteger(balance, language)}`).join(', ')}
        </p>
      ) : null}
      <div className="goal history">
        <h2 className="label">{t.card.history}</h2>
        {card.history.length === 0 ? <p>{t.card.noHistory}</p> : null}
        <ul>
          {card.history.slice(0, 5).map((line) => (
            <li key={`${line.intention}-${line.atMs}`}>
              <span>{formatMoment(line.atMs, nowMs, language)}</span>
              <span>{operations[line.operation] ?? line.operation}</span>
              <span className="fig">
                {line.points > 0 ? '+' : ''}
                {formatInteger(line.points, language)}
              </span>
              <span className="fig">{formatInteger(line.balance, language)}</span>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}

/** What the server says of the card, and why it differs from what the card says. */
function Ledger({ card }: { card: CardView }) {
  const { t, say, language } = useWords();
  if (!card.ledger) return <p className="label">{t.card.noLedger}</p>;
  if (card.ledger.balance === null) return <p className="label">{t.card.notYet}</p>;
  const balance = formatInteger(card.ledger.balance, language);
  const difference = card.difference ?? 'none';
  return (
    <p className={difference === 'contradiction' ? 'tag warn' : 'label'} data-difference={difference}>
      {`${say(t.card.ledger, { balance })} ${t.card.difference[difference]}`}
    </p>
  );
}
