import { Fragment, useEffect, useRef } from 'react';
import { formatCardNumber } from '#contract/loyalty/card-number.ts';
import { currencies, formatAmount, formatInteger } from '#contract/money/index.ts';
import type { JournalLine } from '#contract/till/index.ts';
import { formatMoment } from '#renderer/ui/format.ts';
import { Icon } from '#renderer/ui/icons.tsx';
import { useNowMs, useTillView, useWords } from '../useTill.ts';

type Props = { entries: JournalLine[] | null; chosen: string | null; onChoose: (entry: string) => void };

/** One row an entry. A sign, never a colour, tells what was added from what was taken. */
export function JournalTable({ entries, chosen, onChoose }: Props) {
  const { t } = useWords();
  const currency = useTillView((view) => view.state?.currency ?? 'XOF');
  if (entries?.length === 0) {
    return (
      <div className="empty">
        <b>{t.journal.empty}</b>
        <p>{t.journal.emptyDetail}</p>
      </div>
    );
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="panel rows" tabIndex={0} aria-label={t.journal.title}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t.journal.when}</th>
            <th scope="col">{t.journal.entry}</th>
            <th scope="col">{t.journal.what}</th>
            <th scope="col">{t.journal.card}</th>
            <th scope="col" className="opt">
              {t.journal.by}
            </th>
            <th scope="col" className="r">
              {currencies[currency].symbol}
            </th>
            <th scope="col" className="r">
              {t.journal.points}
            </th>
            <th scope="col" className="r">
              {t.journal.balance}
            </th>
            <th scope="col">{t.journal.server}</th>
          </tr>
        </thead>
        <tbody>
          {(entries ?? []).map((entry) => (
            <Row key={entry.entry} entry={entry} chosen={entry.entry === chosen} onChoose={onChoose} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

type RowProps = { entry: JournalLine; chosen: boolean; onChoose: (entry: string) => void };

function Row({ entry, chosen, onChoose }: RowProps) {
  const row = useRef<HTMLTableRowElement>(null);
  useEffect(() => {
    if (chosen) row.current?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  const { t, language } = useWords();
  const nowMs = useNowMs();
  const currency = useTillView((view) => view.state?.currency ?? 'XOF');
  const names = useTillView((view) => view.names);
  const kinds: Record<string, string> = t.journal.kinds;
  const details: Record<string, string> = t.journal.details;
  const what = kinds[entry.kind] ?? entry.kind;
  const detail = entry.detail === null ? '' : (details[entry.detail] ?? '');
  // Nothing moved at a refusal: its figures are what was asked for.
  const Asked = entry.kind === 'loyalty.refused' ? 's' : Fragment;
  const figure = (value: number | null) => (value === null ? '' : formatInteger(value, language));
  return (
    <tr ref={row} data-entry={entry.entry} aria-selected={chosen} onClick={() => onChoose(entry.entry)}>
      <td>{formatMoment(Date.parse(entry.wallTime), nowMs, language)}</td>
      <td className="fig">{entry.entry}</td>
      <td>{detail ? `${what}, ${detail}` : what}</td>
      <td className="mono">{entry.cardNumber ? formatCardNumber(entry.cardNumber) : ''}</td>
      <td className="opt">{names.find((staff) => staff.code === entry.staff)?.name ?? entry.staff ?? ''}</td>
      <td className="r fig">
        <Asked>{entry.amountMinor === null ? '' : formatAmount(entry.amountMinor, currency, language, 'none')}</Asked>
      </td>
      <td className="r fig">
        <Asked>
          {entry.points !== null && entry.points > 0 ? '+' : ''}
          {figure(entry.points)}
        </Asked>
      </td>
      <td className="r fig">{figure(entry.balance)}</td>
      <td>
        {entry.sent ? (
          <span className="t2">{t.journal.received}</span>
        ) : (
          <span className="tag warn">
            <Icon name="clock" />
            {t.journal.waiting}
          </span>
        )}
      </td>
    </tr>
  );
}
