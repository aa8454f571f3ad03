import { type FormEvent, useState } from 'react';
import { type Customer, type CustomerChange, channels, type OfficeCard } from '#contract/central/office-cards.ts';
import { Message } from '#renderer/ui/Message.tsx';
import { useChange } from '../lists/useList.ts';
import { useOffice } from '../office.ts';
import { birthdayText, readBirthday } from './birthday.ts';
import { ConsentBoxes } from './ConsentBoxes.tsx';
import { EraseButton } from './EraseButton.tsx';
import { useCardWords } from './words.ts';

type Props = { card: OfficeCard; customer: Customer | null; onChanged: () => void; onErased: () => void };
type Texts = Record<'name' | 'birthday' | 'phone' | 'email', string>;

const textOf = (text: string) => (text.trim() === '' ? null : text.trim());
const granted = (customer: Customer | null): CustomerChange['consents'] => ({
  sms: customer?.consents.sms?.granted ?? false,
  email: customer?.consents.email?.granted ?? false,
  mail: customer?.consents.mail?.granted ?? false,
});

/** Who holds the card: optional, added and changed at any time, erased for good. */
export function CustomerForm({ card, customer, onChanged, onErased }: Props) {
  const { client } = useOffice();
  const { t, trouble: sayTrouble } = useCardWords();
  const { customer: words } = t;
  const { busy, trouble, change } = useChange();
  const [texts, setTexts] = useState<Texts>({
    name: customer?.name ?? '',
    birthday: birthdayText(customer?.birthday ?? null),
    phone: customer?.phone ?? '',
    email: customer?.email ?? '',
  });
  const [language, setLanguage] = useState(customer?.language ?? null);
  const [ticketByEmail, setTicketByEmail] = useState(customer?.ticketByEmail ?? false);
  const [consents, setConsents] = useState(() => granted(customer));
  const [said, setSaid] = useState<{ done?: string; wrong?: string }>({});
  const birthday = readBirthday(texts.birthday);

  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    if (!birthday.ok) return setSaid({ wrong: words.birthdayWrong });
    const email = textOf(texts.email);
    if (ticketByEmail && email === null) return setSaid({ wrong: words.needsEmail });
    setSaid({});
    const known = { name: textOf(texts.name), birthday: birthday.value, phone: textOf(texts.phone), email };
    const kept = await change(async () => {
      const wanted = { ...known, language, ticketByEmail, consents };
      await client.office.putCustomer({ cardNumber: card.cardNumber, customer: wanted });
    });
    if (!kept) return;
    setSaid({ done: words.saved });
    onChanged();
  };
  const field = (name: keyof Texts, type: string, hint?: string) => (
    <label className="field">
      <span>{words[name]}</span>
      <input
        className="input"
        type={type}
        placeholder={hint}
        maxLength={name === 'email' ? 120 : 80}
        autoComplete="off"
        aria-invalid={(name === 'birthday' && said.wrong === words.birthdayWrong) || undefined}
        value={texts[name]}
        onChange={(event) => setTexts({ ...texts, [name]: event.target.value })}
      />
    </label>
  );
  return (
    <form className="panel form" onSubmit={(event) => void save(event)} noValidate>
      <h2>{words.title}</h2>
      <p className="hint">{words.detail}</p>
      <div className="line">
        {field('name', 'text')}
        {field('birthday', 'text', words.birthdayHint)}
        {field('phone', 'tel')}
        {field('email', 'email')}
      </div>
      <div className="line">
        <label className="field">
          <span>{words.language}</span>
          <select
            className="input"
            value={language ?? ''}
            onChange={(event) => setLanguage(event.target.value === '' ? null : (event.target.value as 'fr' | 'en'))}
          >
            <option value="">{words.ofShop}</option>
            <option value="fr">{words.languages.fr}</option>
            <option value="en">{words.languages.en}</option>
          </select>
        </label>
        <label className="tick">
          <input type="checkbox" checked={ticketByEmail} onChange={(event) => setTicketByEmail(event.target.checked)} />
          <span>{words.ticketByEmail}</span>
        </label>
      </div>
      <ConsentBoxes customer={customer} consents={consents} channels={channels} onChange={setConsents} />
      <Message trouble={said.wrong ?? (trouble && sayTrouble(trouble))} done={said.done ?? null} takesFocus />
      <div className="line">
        <button type="submit" className="btn small ink" aria-disabled={busy || undefined}>
          <span>{words.save}</span>
        </button>
        {customer ? <EraseButton card={card} customer={customer} onErased={onErased} /> : null}
      </div>
    </form>
  );
}
