import { type FormEvent, useState } from 'react';
import { Message } from '#renderer/ui/Message.tsx';
import { Secret } from '../lists/Secret.tsx';
import { useChange } from '../lists/useList.ts';
import { useShopWords } from '../lists/words.ts';
import { useOffice } from '../office.ts';

type Made = { label: string; code: string; expiresAtMs: number };

/** A code for one more till, shown once. */
export function AddTill() {
  const { client } = useOffice();
  const { t, say, trouble: sayTrouble, moment } = useShopWords();
  const { busy, trouble, change } = useChange();
  const [label, setLabel] = useState('');
  const [missing, setMissing] = useState(false);
  const [made, setMade] = useState<Made | null>(null);
  const make = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    const name = label.trim();
    setMissing(name === '');
    if (name === '') return;
    await change(async () => {
      const code = await client.office.enrolmentCode({ label: name });
      setMade({ label: name, ...code });
      setLabel('');
    });
  };
  return (
    <>
      <form className="panel form" onSubmit={(event) => void make(event)}>
        <h2>{t.tills.add}</h2>
        <p className="hint">{t.tills.addDetail}</p>
        <div className="line">
          <label className="field">
            <span>{t.tills.newLabel}</span>
            <input
              className="input"
              maxLength={40}
              placeholder={t.tills.newLabelHint}
              value={label}
              aria-invalid={missing || undefined}
              onChange={(event) => setLabel(event.target.value)}
            />
          </label>
          <button type="submit" className="btn small ink" aria-disabled={busy || undefined}>
            <span>{t.tills.makeCode}</span>
          </button>
        </div>
        <Message trouble={missing ? t.tills.missing : trouble && sayTrouble(trouble)} takesFocus />
      </form>
      {made ? (
        <Secret
          key={made.code}
          title={say(t.tills.code, { label: made.label })}
          value={made.code}
          detail={say(t.tills.codeUntil, { when: moment(made.expiresAtMs) })}
        />
      ) : null}
    </>
  );
}
