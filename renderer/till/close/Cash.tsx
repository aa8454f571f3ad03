import { formatAmount } from '#contract/money/index.ts';
import { Icon } from '#renderer/ui/icons.tsx';
import { keepFocus } from '../frame/Action.tsx';
import { useTillView } from '../useTill.ts';
import type { Count, DayState } from './closing.ts';
import { useCloseWords } from './words.ts';

/** Expected, counted, and what lies between them. The field is pressed to count with the pad. */
export function Cash({ day, count, onCount }: { day: DayState; count: Count; onCount: () => void }) {
  const { t, language } = useCloseWords();
  const short = (minor: number) => formatAmount(minor, day.currency, language, 'short');
  const { countedMinor, expectedMinor } = count;
  return (
    <div className="panel cash">
      <h2>{t.drawer}</h2>
      <div className="c">
        <span>{t.expected}</span>
        {expectedMinor === null ? <em>{t.expectedHidden}</em> : <Figure name="expected" text={short(expectedMinor)} />}
      </div>
      <button type="button" className="c field" onClick={onCount} onMouseDown={keepFocus}>
        <span>{t.counted}</span>
        <span
          className="input is-focus"
          data-figure="counted"
          data-size={sizeOf(countedMinor === null ? '' : short(countedMinor))}
        >
          {countedMinor === null ? <em>{t.countIt}</em> : short(countedMinor)}
          <i className="caret" />
        </span>
      </button>
      <Difference day={day} count={count} />
      <Notes day={day} />
    </div>
  );
}

function Difference({ day, count: { differenceMinor } }: { day: DayState; count: Count }) {
  const { t, language } = useCloseWords();
  if (differenceMinor === null) return <div className="c" />;
  const even = differenceMinor === 0;
  const word = even ? t.even : differenceMinor < 0 ? t.missing : t.surplus;
  return (
    <div className={even ? 'c diff even' : 'c diff'} role="status">
      <span className="row">
        <Icon name={even ? 'ok' : 'warn'} />
        {word}
      </span>
      <Figure name="difference" text={formatAmount(Math.abs(differenceMinor), day.currency, language, 'short')} />
    </div>
  );
}

/** What the sum is made of, and what is counted here though it is not of this day or not in this drawer. */
function Notes({ day }: { day: DayState }) {
  const { t, say, language } = useCloseWords();
  const unsent = useTillView((view) => view.state?.link.unsent ?? 0);
  const { totals, currency, late } = day;
  const amount = (minor: number) => formatAmount(minor, currency, language, 'short');
  const { floatMinor, putInMinor, takenOutMinor } = totals.cash;
  const hasMoves = floatMinor + putInMinor + takenOutMinor > 0;
  return (
    <div className="notes">
      {hasMoves ? (
        <p>
          <Icon name="cash" />
          {say(t.madeOf, {
            floatMinor: amount(floatMinor),
            putInMinor: amount(putInMinor),
            takenOutMinor: amount(takenOutMinor),
          })}
        </p>
      ) : null}
      {totals.otherMinor === 0 ? null : (
        <p>
          <Icon name="card" />
          {say(t.other, { amount: amount(totals.otherMinor) })}
        </p>
      )}
      {late.count === 0 ? null : (
        <p>
          <Icon name="clock" />
          {say(t.late, { count: late.count })}
        </p>
      )}
      {unsent === 0 ? null : (
        <p>
          <Icon name="clock" />
          {say(t.unsent, { count: unsent })}
        </p>
      )}
    </div>
  );
}

const sizeOf = (text: string): 'few' | 'most' => (text.replace(/\D/g, '').length >= 8 ? 'most' : 'few');

/** A sum beside the drawer; it shrinks so that it never leaves its column. */
export const Figure = ({ name, text }: { name: string; text: string }) => (
  <b data-figure={name} data-size={sizeOf(text)}>
    {text}
  </b>
);
