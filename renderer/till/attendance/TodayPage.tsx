import type { Clocking } from '#contract/till/attendance.ts';
import { Verdict } from '#renderer/ui/Verdict.tsx';
import { Action } from '../frame/Action.tsx';
import type { Today } from './useClocking.ts';
import { useAttendanceWords } from './words.ts';

type Props = { shown: { clocked: Clocking | null; today: Today }; onAgain: () => void; onBack: () => void };

/** What was clocked just now, with its time, and all of today. */
export function TodayPage({ shown: { clocked, today }, onAgain, onBack }: Props) {
  const { t, say, language } = useAttendanceWords();
  const form = { hour: '2-digit', minute: '2-digit', timeZone: today.timeZone } as const;
  const time = (atMs: number) => new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', form).format(atMs);
  return (
    <>
      <section className="eye res attendance">
        {clocked ? (
          <Verdict tone="go" word={t.clocked[clocked.direction]} large>
            {say(t.clockedDetail, { name: clocked.name, time: time(clocked.atMs) })}
          </Verdict>
        ) : null}
        <div className="panel list">
          <h1 className="title">{t.list}</h1>
          {today.clockings.length === 0 ? <p className="t2">{t.none}</p> : <List rows={today.clockings} time={time} />}
        </div>
      </section>
      <section className="hand">
        <div className="push" />
        <Action keyName="Escape" onPress={onBack}>
          {t.back}
        </Action>
        <Action kind="primary" keyName="Enter" onPress={onAgain} focus>
          {t.another}
        </Action>
      </section>
    </>
  );
}

function List({ rows, time }: { rows: readonly Clocking[]; time: (atMs: number) => string }) {
  const { t } = useAttendanceWords();
  return (
    <table>
      <caption className="spoken">{t.list}</caption>
      <thead>
        <tr>
          <th scope="col">{t.time}</th>
          <th scope="col">{t.name}</th>
          <th scope="col">{t.direction}</th>
          <th scope="col">{t.by}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.entry} data-clocked={row.code}>
            <td className="num">{time(row.atMs)}</td>
            <td>{row.name}</td>
            <td>{t.directions[row.direction]}</td>
            <td>{t.means[row.by]}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
