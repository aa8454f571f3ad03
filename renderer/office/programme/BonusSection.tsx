import { InlineInput, Sentence } from '../form/Fields.tsx';
import { useEditing } from './editing.ts';
import { useProgrammeWords } from './words.ts';

/** Welcome, birthday, and when points are lost. */
export function BonusSection() {
  const { form, edit } = useEditing();
  const { t } = useProgrammeWords();
  const ofBirthday = (name: 'points' | 'daysBefore' | 'daysAfter') => (
    <InlineInput
      rule={`birthday.${name}`}
      label={t.fields[name]}
      value={form.birthday[name]}
      onChange={(value) => edit((now) => ({ ...now, birthday: { ...now.birthday, [name]: value } }))}
    />
  );
  const welcome = (
    <InlineInput
      rule="welcomePoints"
      label={t.fields.points}
      value={form.welcome}
      onChange={(value) => edit((now) => ({ ...now, welcome: value }))}
    />
  );
  const months = (
    <InlineInput
      rule="expiryMonths"
      label={t.fields.months}
      value={form.expiryMonths}
      onChange={(value) => edit((now) => ({ ...now, expiryMonths: value }))}
    />
  );
  const birthday = {
    points: ofBirthday('points'),
    daysBefore: ofBirthday('daysBefore'),
    daysAfter: ofBirthday('daysAfter'),
  };
  return (
    <section className="panel rules" aria-labelledby="rules-bonus">
      <h2 id="rules-bonus">{t.bonus.title}</h2>
      <Sentence text={t.bonus.welcome} fields={{ welcome }} count={Number(form.welcome)} rules={['welcomePoints']} />
      <Sentence
        text={t.bonus.birthday}
        fields={birthday}
        count={Number(form.birthday.points)}
        rules={['birthday.points', 'birthday.daysBefore', 'birthday.daysAfter']}
      />
      <p className="hint">{t.bonus.none}</p>
      <Sentence text={t.bonus.expiry} fields={{ months }} rules={['expiryMonths']} />
      <p className="hint">{t.bonus.expiryHint}</p>
    </section>
  );
}
