import { formatInteger } from '#contract/money/index.ts';
import type { Link } from '#contract/till/state.ts';
import { formatMoment } from '#renderer/ui/format.ts';
import { Icon } from '#renderer/ui/icons.tsx';
import { useNowMs, useWords } from '../useTill.ts';

/** What works and what waits without the network, and what is kept here. */
export function OfflineDetail({ link }: { link: Link }) {
  const { t, say, language } = useWords();
  const nowMs = useNowMs();
  const works = [
    [t.offline.earn, t.offline.earnDetail],
    [t.offline.tickets, t.offline.ticketsDetail],
    [t.offline.staff, t.offline.staffDetail],
  ] as const;
  const waits = [
    [t.offline.office, t.offline.officeDetail],
    [t.offline.newCards, t.offline.newCardsDetail],
  ] as const;
  const kinds: Record<string, string> = t.offline.kinds;
  const counts = Object.entries(link.unsentByKind).filter(([, count]) => count > 0);
  return (
    <div className="panel qp">
      <h2>{t.offline.works}</h2>
      <ul>
        {works.map(([what, how]) => (
          <li key={what} className="y">
            <Icon name="ok" />
            <span>
              {what}
              <small>{how}</small>
            </span>
          </li>
        ))}
      </ul>
      <h2>{t.offline.waits}</h2>
      <ul>
        {waits.map(([what, how]) => (
          <li key={what} className="w">
            <Icon name="clock" />
            <span>
              {what}
              <small>{how}</small>
            </span>
          </li>
        ))}
      </ul>
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
    </div>
  );
}
