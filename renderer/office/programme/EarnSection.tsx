import { currencies } from '#contract/money/index.ts';
import { InlineInput, Sentence } from '../form/Fields.tsx';
import { useFields } from '../form/faults.ts';
import { useEditing } from './editing.ts';
import { HoursRows } from './HoursRows.tsx';
import { StepRows } from './StepRows.tsx';
import { useProgrammeWords } from './words.ts';

/** The usual rate, its minimum, its steps and its happy hours. */
export function EarnSection() {
  const { form, edit } = useEditing();
  const { currency } = useFields();
  const { t, say } = useProgrammeWords();
  const unit = currencies[currency].symbol;
  const points = (
    <InlineInput
      rule="earn.points"
      label={t.fields.points}
      value={form.points}
      onChange={(value) => edit((now) => ({ ...now, points: value }))}
    />
  );
  const perAmount = (
    <InlineInput
      rule="earn.perAmountMinor"
      kind="amount"
      label={say(t.fields.perAmount, { unit })}
      value={form.perAmount}
      onChange={(value) => edit((now) => ({ ...now, perAmount: value }))}
    />
  );
  const minimumAmount = (
    <InlineInput
      rule="earn.minimumAmountMinor"
      kind="amount"
      label={say(t.fields.amount, { unit })}
      value={form.minimumAmount}
      onChange={(value) => edit((now) => ({ ...now, minimumAmount: value }))}
    />
  );
  return (
    <section className="panel rules" aria-labelledby="rules-earn">
      <h2 id="rules-earn">{t.earn.title}</h2>
      <Sentence
        text={t.earn.rate}
        fields={{ points, perAmount }}
        count={Number(form.points)}
        rules={['earn.points', 'earn.perAmountMinor', 'earn']}
      />
      <Sentence text={t.earn.minimum} fields={{ minimumAmount }} rules={['earn.minimumAmountMinor']} />
      <p className="hint">
        {t.earn.minimumHint} {t.earn.excluded}
      </p>
      <StepRows />
      <HoursRows />
    </section>
  );
}
