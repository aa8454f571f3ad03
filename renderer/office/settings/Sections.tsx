import { currencies } from '#contract/money/index.ts';
import { InlineInput, Sentence } from '../form/Fields.tsx';
import { useFields } from '../form/faults.ts';
import { acts, type SettingsForm } from './form.ts';
import { useSettingsWords } from './words.ts';

type SectionProps = { form: SettingsForm; set: (change: Partial<SettingsForm>) => void };
type TextName = {
  [Name in keyof SettingsForm]: SettingsForm[Name] extends string ? Name : never;
}[keyof SettingsForm];
type FieldProps = SectionProps & { name: TextName; rule: string; kind: 'amount' | 'points' | 'minutes' };

/** A field of the settings inside its sentence. */
function Field({ form, set, name, rule, kind }: FieldProps) {
  const { currency } = useFields();
  const { t, say } = useSettingsWords();
  return (
    <InlineInput
      rule={rule}
      kind={kind === 'amount' ? 'amount' : 'number'}
      label={say(t.fields[kind], { unit: currencies[currency].symbol })}
      value={form[name]}
      onChange={(value) => set({ [name]: value })}
    />
  );
}

/** When the customer's PIN is asked for, and what a till does without a link. */
export function PinSection(props: SectionProps) {
  const { t } = useSettingsWords();
  const amount = <Field {...props} name="pinAboveAmount" rule="pinAboveAmountMinor" kind="amount" />;
  const required = <Field {...props} name="pinRequiredAbovePoints" rule="pinRequiredAbovePoints" kind="points" />;
  const cap = <Field {...props} name="offlineSpendCapPoints" rule="offlineSpendCapPoints" kind="points" />;
  return (
    <>
      <section className="panel rules" aria-labelledby="settings-pin">
        <h2 id="settings-pin">{t.pin.title}</h2>
        <Sentence text={t.pin.above} fields={{ amount }} rules={['pinAboveAmountMinor']} />
        <p className="hint">{t.pin.aboveHint}</p>
        <Sentence text={t.pin.required} fields={{ points: required }} rules={['pinRequiredAbovePoints']} />
        <p className="hint">{t.pin.requiredHint}</p>
      </section>
      <section className="panel rules" aria-labelledby="settings-offline">
        <h2 id="settings-offline">{t.offline.title}</h2>
        <Sentence text={t.offline.cap} fields={{ points: cap }} rules={['offlineSpendCapPoints']} />
        <p className="hint">{t.offline.capHint}</p>
      </section>
    </>
  );
}

/** The idle lock and how the drawer is counted. */
export function CounterSection(props: SectionProps) {
  const { form, set } = props;
  const { t } = useSettingsWords();
  const minutes = <Field {...props} name="idleMinutes" rule="idleLockSeconds" kind="minutes" />;
  return (
    <section className="panel rules" aria-labelledby="settings-counter">
      <h2 id="settings-counter">{t.counter.title}</h2>
      <Sentence text={t.counter.idle} fields={{ minutes }} rules={['idleLockSeconds']} />
      <p className="hint">{t.counter.idleHint}</p>
      <label className="day">
        <input
          type="checkbox"
          checked={form.blindCount}
          onChange={({ target }) => set({ blindCount: target.checked })}
        />
        <span>{t.counter.blind}</span>
      </label>
    </section>
  );
}

/** What asks for a manager, and how small a reversal does not. */
export function ApprovalSection(props: SectionProps) {
  const { form, set } = props;
  const { t } = useSettingsWords();
  const amount = <Field {...props} name="reversalWithoutApproval" rule="reversalWithoutApprovalMinor" kind="amount" />;
  return (
    <section className="panel rules" aria-labelledby="settings-approval">
      <h2 id="settings-approval">{t.approval.title}</h2>
      <p className="hint">{t.approval.hint}</p>
      <fieldset className="acts">
        <legend className="spoken">{t.approval.title}</legend>
        {acts.map((act) => (
          <label key={act} className="day">
            <input
              type="checkbox"
              checked={form.needsApproval.includes(act)}
              onChange={({ target }) =>
                set({
                  needsApproval: target.checked
                    ? [...form.needsApproval, act]
                    : form.needsApproval.filter((kept) => kept !== act),
                })
              }
            />
            <span>{t.approval.acts[act]}</span>
          </label>
        ))}
      </fieldset>
      <Sentence text={t.approval.small} fields={{ amount }} rules={['reversalWithoutApprovalMinor']} />
    </section>
  );
}
