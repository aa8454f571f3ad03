import { type FormEvent, useState } from 'react';
import { Message } from '#renderer/ui/Message.tsx';
import { useChange } from '../lists/useList.ts';
import { useShopWords } from '../lists/words.ts';
import { useOffice } from '../office.ts';
import type { PersonForm } from './form.ts';
import { pinForm } from './rules.ts';

/** A new PIN for the till: chosen, or drawn and shown once. */
export function PinForm({ member, onChanged }: PersonForm) {
  const { client } = useOffice();
  const { t, trouble: sayTrouble } = useShopWords();
  const { staff: words } = t;
  const { busy, trouble, change } = useChange();
  const [pin, setPin] = useState('');
  const [wrong, setWrong] = useState(false);
  const [done, setDone] = useState(false);
  const set = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    setDone(false);
    setWrong(pin !== '' && !pinForm.test(pin));
    if (pin !== '' && !pinForm.test(pin)) return;
    await change(async () => {
      const { pin: drawn } = await client.office.setStaffPin({ code: member.code, pin: pin === '' ? null : pin });
      setPin('');
      setDone(drawn === null);
      onChanged(drawn);
    });
  };
  return (
    <form className="panel form" onSubmit={(event) => void set(event)}>
      <h2>{words.pin}</h2>
      <label className="field">
        <span>{words.newPin}</span>
        <input
          className="input"
          type="password"
          inputMode="numeric"
          autoComplete="new-password"
          maxLength={12}
          value={pin}
          onChange={(event) => setPin(event.target.value)}
        />
        <span className="hint">{words.pinHint}</span>
      </label>
      <Message
        trouble={wrong ? words.pinWrong : trouble && sayTrouble(trouble)}
        done={done ? words.saved : null}
        takesFocus
      />
      <div className="line">
        <button type="submit" className="btn small" aria-disabled={busy || undefined}>
          <span>{pin === '' ? words.drawPin : words.setPin}</span>
        </button>
      </div>
    </form>
  );
}
