import { Faults, InlineInput, idOf, Sentence } from '../form/Fields.tsx';
import { useEditing } from './editing.ts';
import { useProgrammeWords } from './words.ts';

/** Name and dates. */
export function BasicsSection() {
  const { form, edit } = useEditing();
  const { t } = useProgrammeWords();
  const day = (name: 'from' | 'to') => (
    <InlineInput
      rule={`dates.${name}`}
      kind="date"
      label={t.fields[name]}
      value={form[name]}
      onChange={(value) => edit((now) => ({ ...now, [name]: value }))}
    />
  );
  return (
    <section className="panel rules" aria-labelledby="rules-basics">
      <h2 id="rules-basics">{t.basics.title}</h2>
      <label className="field">
        <span>{t.basics.name}</span>
        <input
          id={idOf('name')}
          className="input"
          maxLength={80}
          autoComplete="off"
          value={form.name}
          onChange={(event) => edit((now) => ({ ...now, name: event.target.value }))}
        />
      </label>
      <Faults rules={['name', 'currency', 'id']} />
      <Sentence text={t.basics.dates} fields={{ from: day('from'), to: day('to') }} rules={['dates']} />
      <p className="hint">{t.basics.datesHint}</p>
    </section>
  );
}
