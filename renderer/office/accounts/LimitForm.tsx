import { type FormEvent, useState } from 'react';
import { parseCardNumber } from '#contract/loyalty/card-number.ts';
import { type CurrencyCode, parseAmount } from '#contract/money/index.ts';
import { Message } from '#renderer/ui/Message.tsx';
import { useChange } from '../lists/useList.ts';
import { useShopWords } from '../lists/words.ts';
import { useOffice } from '../office.ts';
import { useAccountWords } from './words.ts';

/** How much the holder of a card may owe. */
export function LimitForm({ currency, onSet }: { currency: CurrencyCode; onSet: () => void }) {
  const { client } = useOffice();
  const { trouble: sayTrouble } = useShopWords();
  const { t, say } = useAccountWords();
  const { busy, trouble, change } = useChange();
  const [number, setNumber] = useState('');
  const [limit, setLimit] = useState('');
  const [wrong, setWrong] = useState<string | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const card = parseCardNumber(number);
    const limitMinor = limitOf(limit, currency);
    setDone(null);
    setWrong(card.ok ? (limitMinor === null ? t.badAmount : null) : t.badNumber);
    if (card.ok && limitMinor !== null && !busy) void set(card.value, limitMinor);
  };
  const set = async (cardNumber: string, limitMinor: number) => {
    const kept = await change(async () => void (await client.office.setCreditLimit({ cardNumber, limitMinor })));
    if (!kept) return;
    setDone(say(t.done, { cardNumber, limitMinor, currency }));
    setNumber('');
    setLimit('');
    onSet();
  };
  return (
    <form className="panel form" onSubmit={submit}>
      <h2>{t.form}</h2>
      <label className="field">
        <span>{t.number}</span>
        <input
          className="input"
          inputMode="numeric"
          autoComplete="off"
          maxLength={20}
          value={number}
          onChange={(event) => setNumber(event.target.value)}
        />
      </label>
      <label className="field">
        <span>{t.newLimit}</span>
        <input
          className="input"
          inputMode="decimal"
          autoComplete="off"
          maxLength={20}
          value={limit}
          onChange={(event) => setLimit(event.target.value)}
        />
      </label>
      <Message trouble={wrong ?? (trouble && sayTrouble(trouble))} done={done} takesFocus />
      <div className="line">
        <button type="submit" className="btn small" aria-disabled={busy || undefined}>
          <span>{t.set}</span>
        </button>
      </div>
    </form>
  );
}

/** An amount in the shop's currency, zero included. Null: it is none. */
function limitOf(text: string, currency: CurrencyCode): number | null {
  if (/^\s*0+([.,]0*)?\s*$/.test(text)) return 0;
  const amount = parseAmount(text, currency);
  return amount.ok ? amount.value : null;
}
