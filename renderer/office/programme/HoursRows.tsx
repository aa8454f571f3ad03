import { Faults, InlineInput, idOf, Sentence } from '../form/Fields.tsx';
import { RemoveButton } from '../form/RemoveButton.tsx';
import { Dates } from './Dates.tsx';
import { useEditing } from './editing.ts';
import { type HoursForm, nextKey } from './form.ts';
import { useProgrammeWords } from './words.ts';

const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;

/** Days and hours on which points are multiplied. */
export function HoursRows() {
  const { form, edit } = useEditing();
  const { t, say } = useProgrammeWords();
  const add = () =>
    edit((now) => ({
      ...now,
      hours: [
        ...now.hours,
        { key: nextKey(now.hours), weekdays: [], fromTime: '', toTime: '', factor: '2', from: '', to: '' },
      ],
    }));
  return (
    <>
      <h3>{t.earn.hoursTitle}</h3>
      {form.hours.map((hours, index) => (
        <div key={hours.key} className="rule-row" id={idOf(`earn.multipliers.${index}`)}>
          <HoursSentences hours={hours} index={index} />
          <RemoveButton
            label={say(t.earn.removeHours, { number: index + 1 })}
            onPress={() => edit((now) => ({ ...now, hours: now.hours.filter(({ key }) => key !== hours.key) }))}
          />
        </div>
      ))}
      <button type="button" className="btn small" onClick={add}>
        <span>{t.earn.addHours}</span>
      </button>
    </>
  );
}

function HoursSentences({ hours, index }: { hours: HoursForm; index: number }) {
  const { edit } = useEditing();
  const { t } = useProgrammeWords();
  const rule = `earn.multipliers.${index}`;
  const set = (change: Partial<HoursForm>) =>
    edit((now) => ({ ...now, hours: now.hours.map((row) => (row.key === hours.key ? { ...row, ...change } : row)) }));
  const field = (name: 'fromTime' | 'toTime' | 'factor' | 'from' | 'to', place: string, kind?: 'time' | 'date') => (
    <InlineInput
      rule={`${rule}.${place}`}
      {...(kind ? { kind } : {})}
      label={t.fields[name]}
      value={hours[name]}
      onChange={(value) => set({ [name]: value })}
    />
  );
  const times = {
    fromTime: field('fromTime', 'fromMinute', 'time'),
    toTime: field('toTime', 'toMinute', 'time'),
    factor: field('factor', 'percent'),
  };
  return (
    <div className="said">
      <fieldset className="days">
        <legend className="spoken">{t.earn.weekdays}</legend>
        {weekdays.map((day) => (
          <label key={day} className="day">
            <input
              type="checkbox"
              checked={hours.weekdays.includes(day)}
              onChange={({ target }) =>
                set({
                  weekdays: target.checked ? [...hours.weekdays, day] : hours.weekdays.filter((kept) => kept !== day),
                })
              }
            />
            <span>{t.weekdays[`${day}`]}</span>
          </label>
        ))}
      </fieldset>
      <Faults rules={[`${rule}.weekdays`]} />
      <Sentence text={t.earn.hours} fields={times} rules={[rule, `${rule}.fromMinute`, `${rule}.percent`]} />
      <Dates
        shown={hours.from !== '' || hours.to !== ''}
        text={t.earn.hoursDates}
        fields={{ from: field('from', 'from', 'date'), to: field('to', 'to', 'date') }}
      />
    </div>
  );
}
