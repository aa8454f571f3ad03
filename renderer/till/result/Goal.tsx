import type { Programme } from '#contract/loyalty/programme.ts';
import { formatAmount, formatInteger } from '#contract/money/index.ts';
import type { SaleResult } from '#contract/till/loyalty.ts';
import { Icon } from '#renderer/ui/icons.tsx';
import { useWords } from '../useTill.ts';
import { InReach } from './InReach.tsx';

type Props = { result: SaleResult; gift: NonNullable<SaleResult['nextGift']>; programme: Programme | null };

const share = (points: number, target: number): string =>
  `${Math.min(Math.max((points / target) * 100, 0), 100).toFixed(1)}%`;

/** The way to the next gift: what was there and still is, what this purchase added (hatched), what is missing. */
export function Goal({ result, gift, programme }: Props) {
  const { t, say, language } = useWords();
  const name = gift.name[language];
  const purchases = programme ? Math.ceil(gift.missing / programme.earn.points) * programme.earn.perAmountMinor : null;
  const reached = gift.missing === 0;
  return (
    <div className="goal">
      <p className="h">
        <span className="row">
          <Icon name="gift" />
          <span>
            <b>{reached ? t.result.reached : say(t.result.missing, { missing: gift.missing })}</b>{' '}
            {reached ? name : say(t.result.before, { gift: name })}
          </span>
        </span>
        <span className="t2 nb">{say(t.result.progress, { balance: result.balance, target: gift.points })}</span>
      </p>
      <div
        className="bar"
        role="progressbar"
        aria-valuenow={Math.min(Math.max(result.balance, 0), gift.points)}
        aria-valuemin={0}
        aria-valuemax={gift.points}
        aria-label={t.result.progressLabel}
      >
        <i className="new" style={{ width: share(result.balance, gift.points) }} />
        <i style={{ width: share(Math.min(result.previousBalance, result.balance), gift.points) }} />
      </div>
      <p className="f label">
        <span>
          {say(result.reward ? t.result.previousSpend : t.result.previous, {
            balance: formatInteger(result.previousBalance, language),
          })}
        </span>
        {purchases !== null && !reached ? (
          <span>{say(t.result.about, { amount: formatAmount(purchases, result.currency, language, 'short') })}</span>
        ) : null}
      </p>
      {reached || result.reward ? null : <InReach gifts={result.inReach} />}
    </div>
  );
}
