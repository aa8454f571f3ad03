import { type FormEvent, useRef, useState } from 'react';
import { parseAmount } from '#contract/money/index.ts';
import { useTillView, useWords } from '../useTill.ts';

/** A cash register that sends one amount. */
export function RegisterSender({ onSend }: { onSend: (amountMinor: number) => void }) {
  const { t } = useWords();
  const currency = useTillView((view) => view.state?.currency ?? 'XOF');
  const [text, setText] = useState('8750');
  const field = useRef<HTMLInputElement>(null);
  const send = (event: FormEvent) => {
    event.preventDefault();
    // What is sent goes into the sale: its keys go on.
    field.current?.blur();
    const amount = parseAmount(text, currency);
    if (amount.ok) onSend(amount.value);
  };
  return (
    <form className="register" onSubmit={send}>
      <label>
        <span className="name">{t.simulator.register}</span>
        <input
          ref={field}
          className="input"
          inputMode="numeric"
          autoComplete="off"
          maxLength={12}
          aria-label={t.simulator.registerAmount}
          value={text}
          // Enter sends: it is not the screen's primary action here.
          onKeyDown={(event) => event.key === 'Enter' && event.stopPropagation()}
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      <button type="submit" className="btn small">
        <span>{t.simulator.send}</span>
      </button>
    </form>
  );
}
