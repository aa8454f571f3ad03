import { currencies } from '#contract/money/index.ts';
import { Faults, InlineInput, idOf } from '../form/Fields.tsx';
import { useFields } from '../form/faults.ts';
import { RemoveButton } from '../form/RemoveButton.tsx';
import { Dates } from './Dates.tsx';
import { useEditing } from './editing.ts';
import { type GiftForm, nextKey } from './form.ts';
import { useProgrammeWords } from './words.ts';

/** What points can be exchanged for: objects and vouchers. */
export function GiftsSection() {
  const { form, edit } = useEditing();
  const { t, say } = useProgrammeWords();
  const add = () =>
    edit((now) => ({
      ...now,
      gifts: [
        ...now.gifts,
        { key: nextKey(now.gifts), id: '', french: '', english: '', points: '', moneyOff: '', from: '', to: '' },
      ],
    }));
  return (
    <section className="panel rules" aria-labelledby="rules-gifts">
      <h2 id="rules-gifts">{t.gifts.title}</h2>
      {form.gifts.length === 0 ? <p className="hint">{t.gifts.none}</p> : null}
      {form.gifts.map((gift, index) => (
        <div key={gift.key} className="rule-row" id={idOf(`gifts.${index}`)}>
          <GiftFields gift={gift} index={index} />
          <RemoveButton
            label={say(t.gifts.remove, { number: index + 1 })}
            onPress={() => edit((now) => ({ ...now, gifts: now.gifts.filter(({ key }) => key !== gift.key) }))}
          />
        </div>
      ))}
      <button type="button" className="btn small" onClick={add}>
        <span>{t.gifts.add}</span>
      </button>
    </section>
  );
}

function GiftFields({ gift, index }: { gift: GiftForm; index: number }) {
  const { edit } = useEditing();
  const { currency, faults } = useFields();
  const { t, say } = useProgrammeWords();
  const rule = `gifts.${index}`;
  const set = (change: Partial<GiftForm>) =>
    edit((now) => ({ ...now, gifts: now.gifts.map((row) => (row.key === gift.key ? { ...row, ...change } : row)) }));
  const field = (name: 'french' | 'english' | 'points' | 'moneyOff', label: string, place: string, hint?: string) => (
    <label className={`field ${name}`}>
      <span>{label}</span>
      <input
        id={idOf(`${rule}.${place}`)}
        className="input"
        autoComplete="off"
        inputMode={name === 'points' ? 'numeric' : name === 'moneyOff' ? 'decimal' : undefined}
        maxLength={name === 'points' || name === 'moneyOff' ? 16 : 80}
        placeholder={hint}
        aria-invalid={faults.some((fault) => fault.rule === `${rule}.${place}`) || undefined}
        value={gift[name]}
        onChange={(event) => set({ [name]: event.target.value })}
      />
    </label>
  );
  const day = (name: 'from' | 'to') => (
    <InlineInput
      rule={`${rule}.${name}`}
      kind="date"
      label={t.fields[name]}
      value={gift[name]}
      onChange={(value) => set({ [name]: value })}
    />
  );
  return (
    <div className="said">
      <div className="gift">
        {field('french', t.gifts.french, 'name.fr')}
        {field('english', t.gifts.english, 'name.en')}
        {field('points', t.gifts.points, 'points')}
        {field(
          'moneyOff',
          say(t.gifts.moneyOff, { unit: currencies[currency].symbol }),
          'moneyOffMinor',
          t.gifts.moneyOffHint,
        )}
      </div>
      <Faults rules={[`${rule}.points`, `${rule}.moneyOffMinor`, `${rule}.name.fr`, `${rule}.name.en`]} />
      <Faults rules={[rule]} />
      <Dates
        shown={gift.from !== '' || gift.to !== ''}
        text={t.gifts.dates}
        fields={{ from: day('from'), to: day('to') }}
      />
    </div>
  );
}
