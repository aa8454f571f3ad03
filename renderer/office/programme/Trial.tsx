import { useMemo, useState } from 'react';
import type { SamplePurchase, Tried } from '#contract/central/office-programme.ts';
import type { Programme } from '#contract/loyalty/programme.ts';
import { type CurrencyCode, currencies, formatInteger, parseAmount } from '#contract/money/index.ts';
import { RemoveButton } from '../form/RemoveButton.tsx';
import { amountText } from '../form/texts.ts';
import { useOffice } from '../office.ts';
import { nextKey } from './form.ts';
import { momentOf, momentText } from './shop-moment.ts';
import { useTrial } from './useTrial.ts';
import { useProgrammeWords } from './words.ts';

const customers = ['usual', 'first', 'birthday', 'away'] as const;
type Customer = (typeof customers)[number];
type Sample = { key: number; amount: string; customer: Customer };

const mostSamples = 20;
const threeYearsWeeks = 157;

/** What a kind of customer is to the rules. */
const customerFacts: Record<Customer, Partial<SamplePurchase>> = {
  usual: { balance: 120 },
  first: { weeksAway: null },
  birthday: { balance: 120, birthdayToday: true },
  away: { balance: 120, weeksAway: threeYearsWeeks },
};

/** Purchases that a shop knows: a small one, an ordinary one, a large one, and those that the attentions are for. */
function firstSamples(currency: CurrencyCode): Sample[] {
  const scale = currencies[currency].exponent === 0 ? 1 : 10 ** currencies[currency].exponent / 100;
  const amounts = [1_250, 12_500, 60_000, 5_000, 5_000, 5_000].map((amount) =>
    amountText(amount * scale, currency, 'en'),
  );
  const who: Customer[] = ['usual', 'usual', 'usual', 'first', 'birthday', 'away'];
  return amounts.map((amount, key) => ({ key, amount, customer: who[key]! }));
}

type Props = { current: Programme; draft: Programme | null; timeZone: string };

/** Sample purchases, and their points under the rules in force and under the draft. */
export function Trial({ current, draft, timeZone }: Props) {
  const { now } = useOffice();
  const { t, say } = useProgrammeWords();
  const { currency } = current;
  const [samples, setSamples] = useState(() => firstSamples(currency));
  const [moment, setMoment] = useState(() => momentText(now(), timeZone));
  const wallMs = momentOf(moment, timeZone);
  const asked = useMemo(
    () => samples.flatMap((sample) => purchaseOf(sample, currency, wallMs)),
    [samples, currency, wallMs],
  );
  const trial = useTrial(current, draft, asked);
  const readable = samples.filter((sample) => purchaseOf(sample, currency, wallMs).length > 0);
  const triedOf = (sample: Sample, tried: Tried[] | null | undefined) => tried?.[readable.indexOf(sample)];
  const set = (key: number, change: Partial<Sample>) =>
    setSamples((all) => all.map((row) => (row.key === key ? { ...row, ...change } : row)));
  return (
    <section className="panel trial" aria-labelledby="trial-title">
      <h2 id="trial-title">{t.trial.title}</h2>
      <p className="hint">{t.trial.hint}</p>
      <label className="field">
        <span>{t.trial.at}</span>
        <input
          className="input"
          type="datetime-local"
          value={moment}
          onChange={(event) => setMoment(event.target.value)}
        />
      </label>
      <table>
        <thead>
          <tr>
            <th scope="col">{say(t.trial.purchase, { unit: currencies[currency].symbol })}</th>
            <th scope="col">{t.trial.customer}</th>
            <th scope="col" className="r">
              {t.trial.now}
            </th>
            <th scope="col" className="r">
              {t.trial.draft}
            </th>
            <td />
          </tr>
        </thead>
        <tbody>
          {samples.map((sample, index) => (
            <tr key={sample.key} data-sample={sample.customer}>
              <td>
                <input
                  className="input"
                  inputMode="decimal"
                  maxLength={16}
                  aria-label={say(t.trial.purchase, { unit: currencies[currency].symbol })}
                  value={sample.amount}
                  onChange={(event) => set(sample.key, { amount: event.target.value })}
                />
              </td>
              <td>
                <select
                  className="input"
                  aria-label={t.trial.customer}
                  value={sample.customer}
                  onChange={(event) => set(sample.key, { customer: event.target.value as Customer })}
                >
                  {customers.map((customer) => (
                    <option key={customer} value={customer}>
                      {t.trial.customers[customer]}
                    </option>
                  ))}
                </select>
              </td>
              <td className="r" data-points="now">
                <span className="only-narrow">{t.trial.now}</span>
                <Points tried={triedOf(sample, trial?.current)} />
              </td>
              <td className="r" data-points="draft">
                <span className="only-narrow">{t.trial.draft}</span>
                {draft ? (
                  <Points tried={triedOf(sample, trial?.draft)} before={triedOf(sample, trial?.current)} />
                ) : (
                  '…'
                )}
              </td>
              <td>
                <RemoveButton
                  label={say(t.trial.remove, { number: index + 1 })}
                  onPress={() => setSamples((all) => all.filter(({ key }) => key !== sample.key))}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {draft ? null : <p className="hint">{t.trial.waiting}</p>}
      {samples.length < mostSamples ? (
        <button
          type="button"
          className="btn small"
          onClick={() => setSamples((all) => [...all, { key: nextKey(all), amount: '', customer: 'usual' }])}
        >
          <span>{t.trial.add}</span>
        </button>
      ) : null}
    </section>
  );
}

/** None for an amount that cannot be read yet. */
function purchaseOf({ amount, customer }: Sample, currency: CurrencyCode, wallMs: number | null): SamplePurchase[] {
  const read = parseAmount(amount, currency);
  return read.ok && wallMs !== null ? [{ amountMinor: read.value, wallMs, ...customerFacts[customer] }] : [];
}

/** `+12`, with what of it is no purchase's own under it. Bold where it is not what it was. */
function Points({ tried, before }: { tried: Tried | undefined; before?: Tried | undefined }) {
  const { t, language } = useProgrammeWords();
  if (!tried) return '…';
  const signed = (points: number) => `${points > 0 ? '+' : ''}${formatInteger(points, language)}`;
  return (
    <>
      <span className={before && before.points !== tried.points ? 'num changed' : 'num'}>{signed(tried.points)}</span>
      {tried.extras.map(({ what, points }) => (
        <small key={what}>
          {signed(points)} {t.trial.extras[what]}
        </small>
      ))}
    </>
  );
}
