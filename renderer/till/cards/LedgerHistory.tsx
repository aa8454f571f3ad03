import { formatInteger } from '#contract/money/index.ts';
import type { CardLedger } from '#contract/till/loyalty.ts';
import { formatMoment } from '#renderer/ui/format.ts';
import { useNowMs, useWords } from '../useTill.ts';

const shown = 6;

/** The card's last operations in this shop, at all its tills. */
export function LedgerHistory({ ledger }: { ledger: CardLedger }) {
  const { t, language } = useWords();
  const nowMs = useNowMs();
  const kinds: Record<string, string> = t.journal.kinds;
  return (
    <div className="goal history">
      <h2 className="label">{t.cards.history}</h2>
      {ledger.history.length === 0 ? <p>{t.card.noHistory}</p> : null}
      <ul>
        {ledger.history.slice(0, shown).map((line) => (
          <li key={`${line.atMs}-${line.kind}-${line.ticketNumber}`}>
            <span>{formatMoment(line.atMs, nowMs, language)}</span>
            <span>{`${kinds[line.kind] ?? line.kind}, ${line.till}`}</span>
            <span className="fig">
              {line.points > 0 ? '+' : ''}
              {formatInteger(line.points, language)}
            </span>
            <span className="fig">{line.balance === null ? '' : formatInteger(line.balance, language)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
