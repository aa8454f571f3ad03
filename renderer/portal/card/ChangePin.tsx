import { type FormEvent, useEffect, useRef, useState } from 'react';
import { isCardholderPin } from '#contract/loyalty/cardholder-pin.ts';
import { Message } from '#renderer/ui/Message.tsx';
import type { PortalTrouble } from '../api.ts';
import { usePortal, usePortalWords } from '../portal.ts';

type Props = {
  fail: (thrown: unknown) => PortalTrouble;
  onCancel: () => void;
  /** In how many shops it is changed. */
  onDone: (shops: number) => void;
};

/** The PIN of now, and the new one twice: nobody sees what they type. */
export function ChangePin({ fail, onCancel, onDone }: Props) {
  const { client } = usePortal();
  const { t, trouble: sayTrouble } = usePortalWords();
  const [pins, setPins] = useState({ now: '', next: '', again: '' });
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  // A message in the other language says nothing.
  // biome-ignore lint/correctness/useExhaustiveDependencies: when the words change
  useEffect(() => setError(null), [t]);
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);

  const change = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    const fault =
      pins.now === ''
        ? t.signIn.missing
        : !isCardholderPin(pins.next)
          ? t.pin.wrongForm
          : pins.next !== pins.again
            ? t.pin.differ
            : pins.next === pins.now
              ? t.pin.same
              : null;
    setError(fault);
    if (fault) return;
    setBusy(true);
    try {
      onDone((await client.changePin({ pin: pins.now, newPin: pins.next })).shops);
    } catch (thrown) {
      setPins({ now: '', next: '', again: '' });
      setError(sayTrouble(fail(thrown)));
      setBusy(false);
    }
  };
  const field = (name: keyof typeof pins, label: string, hint?: string) => (
    <label className="field">
      <span>{label}</span>
      <input
        ref={name === 'now' ? first : undefined}
        className="input"
        type="password"
        inputMode="numeric"
        autoComplete="off"
        maxLength={8}
        value={pins[name]}
        onChange={(event) => setPins((before) => ({ ...before, [name]: event.target.value }))}
      />
      {hint ? <span className="hint">{hint}</span> : null}
    </label>
  );
  return (
    <form onSubmit={(event) => void change(event)} noValidate>
      <h2>{t.pin.title}</h2>
      <Message trouble={error} takesFocus />
      {field('now', t.pin.now)}
      {field('next', t.pin.next, t.pin.nextHint)}
      {field('again', t.pin.again)}
      <p className="hint">{t.pin.offline}</p>
      <div className="acts">
        <button type="submit" className="btn primary" aria-disabled={busy || undefined}>
          <span>{t.pin.set}</span>
        </button>
        <button type="button" className="btn plain" onClick={onCancel}>
          <span>{t.pin.cancel}</span>
        </button>
      </div>
    </form>
  );
}
