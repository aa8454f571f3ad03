import type { Customer, CustomerChange } from '#contract/central/office-cards.ts';
import { useCardWords } from './words.ts';

type Consents = CustomerChange['consents'];
type Props = {
  customer: Customer | null;
  consents: Consents;
  channels: readonly (keyof Consents)[];
  onChange: (consents: Consents) => void;
};

/** One answer per channel, each with when and by whom it was last noted. */
export function ConsentBoxes({ customer, consents, channels, onChange }: Props) {
  const { t, say, moment } = useCardWords();
  const { customer: words } = t;
  const noted = (channel: keyof Consents): string => {
    const consent = customer?.consents[channel];
    if (!consent) return words.never;
    const facts = { when: moment(consent.atMs), by: consent.by };
    return say(consent.granted ? words.granted : words.withdrawn, facts);
  };
  return (
    <fieldset className="consents">
      <legend>{words.consents}</legend>
      {channels.map((channel) => (
        <label key={channel} className="tick">
          <input
            type="checkbox"
            checked={consents[channel]}
            onChange={(event) => onChange({ ...consents, [channel]: event.target.checked })}
          />
          <span>
            {words.channels[channel]} <small className="t2">{noted(channel)}</small>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
