import { currencies } from '#contract/money/index.ts';
import { InlineInput, idOf, Sentence } from '../form/Fields.tsx';
import { useFields } from '../form/faults.ts';
import { RemoveButton } from '../form/RemoveButton.tsx';
import { useEditing } from './editing.ts';
import { nextKey, type StepForm } from './form.ts';
import { useProgrammeWords } from './words.ts';

/** Higher rates for larger purchases, a sentence each. */
export function StepRows() {
  const { form, edit } = useEditing();
  const { t, say } = useProgrammeWords();
  const add = () =>
    edit((now) => ({
      ...now,
      steps: [...now.steps, { key: nextKey(now.steps), fromAmount: '', points: '', perAmount: now.perAmount }],
    }));
  return (
    <>
      <h3>{t.earn.stepsTitle}</h3>
      {form.steps.map((step, index) => (
        <div key={step.key} className="rule-row" id={idOf(`earn.steps.${index}`)}>
          <StepSentence step={step} index={index} />
          <RemoveButton
            label={say(t.earn.removeStep, { number: index + 1 })}
            onPress={() => edit((now) => ({ ...now, steps: now.steps.filter(({ key }) => key !== step.key) }))}
          />
        </div>
      ))}
      <button type="button" className="btn small" onClick={add}>
        <span>{t.earn.addStep}</span>
      </button>
    </>
  );
}

function StepSentence({ step, index }: { step: StepForm; index: number }) {
  const { edit } = useEditing();
  const { currency } = useFields();
  const { t, say } = useProgrammeWords();
  const rule = `earn.steps.${index}`;
  const set = (change: Partial<StepForm>) =>
    edit((now) => ({ ...now, steps: now.steps.map((row) => (row.key === step.key ? { ...row, ...change } : row)) }));
  const unit = currencies[currency].symbol;
  const fields = {
    fromAmount: (
      <InlineInput
        rule={`${rule}.fromAmountMinor`}
        kind="amount"
        label={say(t.fields.amount, { unit })}
        value={step.fromAmount}
        onChange={(fromAmount) => set({ fromAmount })}
      />
    ),
    points: (
      <InlineInput
        rule={`${rule}.points`}
        label={t.fields.points}
        value={step.points}
        onChange={(points) => set({ points })}
      />
    ),
    perAmount: (
      <InlineInput
        rule={`${rule}.perAmountMinor`}
        kind="amount"
        label={say(t.fields.perAmount, { unit })}
        value={step.perAmount}
        onChange={(perAmount) => set({ perAmount })}
      />
    ),
  };
  const rules = [rule, `${rule}.fromAmountMinor`, `${rule}.points`, `${rule}.perAmountMinor`];
  return <Sentence text={t.earn.step} fields={fields} count={Number(step.points)} rules={rules} />;
}
