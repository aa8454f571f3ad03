import { formatInteger } from '#contract/money/index.ts';
import type { Link } from '#contract/till/state.ts';
import { formatMoment } from '#renderer/ui/format.ts';
import { Icon, type IconName } from '#renderer/ui/icons.tsx';
import { useNowMs, useWords } from '../useTill.ts';

/** What works and what waits without the network, and what is kept here. */
export function OfflineDetail({ link }: { link: Link }) {
  const { t, say, language } = useWords();
  const nowMs = useNowMs();
  const works = [
    [t.offline.earn, t.offline.earnDetail],
    [t.offline.spend, t.offline.spendDetail],
    [t.offline.topUp, t.offline.topUpDetail],
    [t.offline.usual, null],
  ] as const;
  const waits = [
    [t.offline.purse, t.offline.purseDetail],
    [t.offline.office, t.offline.officeDetail],
    [t.offline.newCards, null],
  ] as const;
  const kinds: Record<string, string> = t.offline.kinds;
  const counts = Object.entries(link.unsentByKind).filter(([, count]) => count > 0);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="panel qp" tabIndex={0} aria-label={t.offline.detail}>
      <Lines title={t.offline.works} lines={works} icon="ok" tone="y" />
      <Lines title={t.offline.waits} lines={waits} icon="clock" tone="w" />
      <div className="push">
        <p className="label">
          {link.oldestUnsentMs === null
            ? t.offline.empty
            : say(t.offline.oldest, { time: formatMoment(link.oldestUnsentMs, nowMs, language) })}
        </p>
        <div className="q3">
          {counts.map(([kind, count]) => (
            <div key={kind}>
              <b>{formatInteger(count, language)}</b>
              <span>{say(kinds[kind] ?? t.offline.kinds.other, { count })}</span>
            </div>
          ))}
        </div>
      </div>
    </section>
  );
}

type LinesProps = {
  title: string;
  lines: readonly (readonly [what: string, how: string | null])[];
  icon: IconName;
  tone: 'y' | 'w';
};

const Lines = ({ title, lines, icon, tone }: LinesProps) => (
  <>
    <h2>{title}</h2>
    <ul>
      {lines.map(([what, how]) => (
        <li key={what} className={tone}>
          <Icon name={icon} />
          <span>
            {what}
            {how === null ? null : <small>{how}</small>}
          </span>
        </li>
      ))}
    </ul>
  </>
);
