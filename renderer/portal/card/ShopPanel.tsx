import type { CardholderOperation, CardholderShop } from '#contract/central/cardholder.ts';
import { formatAmount, formatInteger } from '#contract/money/index.ts';
import { formatDay, formatTime } from '#renderer/ui/format.ts';
import { Icon } from '#renderer/ui/icons.tsx';
import { usePortal, usePortalWords } from '../portal.ts';

/** A shop's balance, and what the card did there. A sign, never a colour, says what came and what went. */
export function ShopPanel({ shop, inUse }: { shop: CardholderShop; inUse: boolean }) {
  const { t, say } = usePortalWords();
  return (
    <article className="shop" data-shop={shop.name}>
      <header>
        <h3>{shop.name}</h3>
        <span className="fig">{say(t.card.points, { points: shop.balance })}</span>
        <p>{say(t.card.spent, { amountMinor: shop.totalSpendMinor, currency: shop.currency })}</p>
      </header>
      {shop.keyBehind && inUse ? (
        <p className="behind">
          <Icon name="lock" />
          {t.pin.behind}
        </p>
      ) : null}
      {shop.operations.length === 0 ? <p className="t2">{t.card.none}</p> : null}
      <ul aria-label={t.card.operations}>
        {shop.operations.map((operation) => (
          <Operation
            key={`${operation.wallTime} ${operation.kind} ${operation.ticketNumber}`}
            operation={operation}
            currency={shop.currency}
          />
        ))}
      </ul>
    </article>
  );
}

function Operation({ operation, currency }: { operation: CardholderOperation; currency: CardholderShop['currency'] }) {
  const { now } = usePortal();
  const { t, say, language } = usePortalWords();
  const { kind, wallTime, ticketNumber, amountMinor, points } = operation;
  const at = Date.parse(wallTime);
  const when = `${formatDay(at, now(), language)}, ${formatTime(at, language)}`;
  return (
    <li>
      <span>
        {t.card.kinds[kind]}
        <small>{ticketNumber ? `${when}, ${say(t.card.ticket, { ticketNumber })}` : when}</small>
      </span>
      <span className="fig">
        {`${points > 0 ? '+' : ''}${formatInteger(points, language)}`}
        {amountMinor === 0 ? null : <small>{formatAmount(amountMinor, currency, language)}</small>}
      </span>
    </li>
  );
}
