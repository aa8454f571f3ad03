import { currencies } from '#contract/money/index.ts';
import { InlineInput, Sentence } from '../form/Fields.tsx';
import { useFields } from '../form/faults.ts';
import { useEditing } from './editing.ts';
import { useProgrammeWords } from './words.ts';

/** Points as money. */
export function MoneySection() {
  const { form, edit } = useEditing();
  const { currency } = useFields();
  const { t, say } = useProgrammeWords();
  const field = (name: 'points' | 'amount' | 'minimumPoints', place: string, label: string) => (
    <InlineInput
      rule={`money.${place}`}
      kind={name === 'amount' ? 'amount' : 'number'}
      label={label}
      value={form.money[name]}
      onChange={(value) => edit((now) => ({ ...now, money: { ...now.money, [name]: value } }))}
    />
  );
  const rate = {
    points: field('points', 'points', t.fields.points),
    amount: field('amount', 'amountMinor', say(t.fields.amount, { unit: currencies[currency].symbol })),
  };
  const minimumPoints = field('minimumPoints', 'minimumPoints', t.fields.minimumPoints);
  return (
    <section className="panel rules" aria-labelledby="rules-money">
      <h2 id="rules-money">{t.money.title}</h2>
      <Sentence
        text={t.money.rate}
        fields={rate}
        count={Number(form.money.points)}
        rules={['money', 'money.points', 'money.amountMinor']}
      />
      <Sentence text={t.money.minimum} fields={{ minimumPoints }} rules={['money.minimumPoints']} />
      <p className="hint">{t.money.hint}</p>
    </section>
  );
}
