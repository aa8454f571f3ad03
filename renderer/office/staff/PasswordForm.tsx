import { type FormEvent, useState } from 'react';
import { Message } from '#renderer/ui/Message.tsx';
import { useChange } from '../lists/useList.ts';
import { useShopWords } from '../lists/words.ts';
import { useOffice } from '../office.ts';
import type { PersonForm } from './form.ts';
import { shortestPassword } from './rules.ts';

/** The way into the office, for those whose role may enter it. */
export function PasswordForm({ member, mayEnter, onChanged }: PersonForm & { mayEnter: boolean }) {
  const { client } = useOffice();
  const { t, say, trouble: sayTrouble } = useShopWords();
  const { staff: words } = t;
  const { busy, trouble, change } = useChange();
  const [password, setPassword] = useState('');
  const [short, setShort] = useState(false);
  const [done, setDone] = useState(false);
  const set = async (chosen: string | null) => {
    if (busy) return;
    setDone(false);
    const kept = await change(
      async () => void (await client.office.setStaffPassword({ code: member.code, password: chosen })),
    );
    setDone(kept);
    if (!kept) return;
    setPassword('');
    onChanged();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setShort(password.length < shortestPassword);
    if (password.length >= shortestPassword) void set(password);
  };
  return (
    <form className="panel form" onSubmit={submit}>
      <h2>{words.passwordTitle}</h2>
      <p className="hint">
        {member.login
          ? say(words.passwordAs, { login: member.login })
          : mayEnter
            ? words.passwordNone
            : words.passwordRole}
      </p>
      {mayEnter ? (
        <label className="field">
          <span>{words.password}</span>
          <input
            className="input"
            type="password"
            autoComplete="new-password"
            maxLength={200}
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
          <span className="hint">{words.passwordHint}</span>
        </label>
      ) : null}
      <Message
        trouble={short ? words.passwordShort : trouble && sayTrouble(trouble)}
        done={done ? words.saved : null}
        takesFocus
      />
      <div className="line">
        {mayEnter ? (
          <button type="submit" className="btn small" aria-disabled={busy || undefined}>
            <span>{words.setPassword}</span>
          </button>
        ) : null}
        {member.login ? (
          <button type="button" className="btn small" aria-disabled={busy || undefined} onClick={() => void set(null)}>
            <span>{words.removePassword}</span>
          </button>
        ) : null}
      </div>
    </form>
  );
}
