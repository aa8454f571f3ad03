import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { troubleOf } from '../api.ts';
import { useOffice, useWords } from '../office.ts';
import { sayTrouble } from '../trouble.ts';

/** A name and a password. After an error the focus goes to what says it. */
export function SignIn() {
  const { client, session } = useOffice();
  const { t, say } = useWords();
  const ended = useStore(session, (state) => state.ended);
  const [code, setCode] = useState('');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const summary = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (error) summary.current?.focus();
  }, [error]);

  const open = async (event: FormEvent) => {
    event.preventDefault();
    setError(null);
    if (code.trim() === '' || password === '') return setError(t.signIn.missing);
    setBusy(true);
    try {
      const opened = await client.office.signIn({ code: code.trim(), password });
      session.setState({ session: opened, ended: false });
    } catch (thrown) {
      setPassword('');
      setError(sayTrouble(troubleOf(thrown), t, say));
      setBusy(false);
    }
  };

  return (
    <form className="panel office-sign-in" onSubmit={(event) => void open(event)}>
      <h1>{t.signIn.title}</h1>
      {ended && !error ? <p role="status">{t.signIn.ended}</p> : null}
      {error ? (
        <p ref={summary} className="tag stop" role="alert" tabIndex={-1} style={{ whiteSpace: 'normal' }}>
          {error}
        </p>
      ) : null}
      <label className="field">
        <span>{t.signIn.code}</span>
        <input
          className="input"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={32}
          value={code}
          onChange={(event) => setCode(event.target.value)}
        />
      </label>
      <label className="field">
        <span>{t.signIn.password}</span>
        <input
          className="input"
          type="password"
          autoComplete="current-password"
          maxLength={200}
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
      </label>
      <button type="submit" className="btn primary" aria-disabled={busy || undefined}>
        <span>{busy ? t.signIn.opening : t.signIn.open}</span>
      </button>
    </form>
  );
}
