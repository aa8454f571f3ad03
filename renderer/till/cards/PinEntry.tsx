import { type ReactNode, useState } from 'react';
import { longestCardholderPin, shortestCardholderPin } from '#contract/loyalty/cardholder-pin.ts';
import type { TillError } from '#contract/till/errors.ts';
import { Icon } from '#renderer/ui/icons.tsx';
import { Action } from '../frame/Action.tsx';
import { useKeys } from '../keyboard/useKeys.ts';
import { PinPad } from '../sign-in/PinPad.tsx';
import { useWords } from '../useTill.ts';

type Props = {
  /** What the PIN is for: a title, or the figure it lets go. */
  above: ReactNode;
  /** Why it is asked for, where that was a refusal. */
  error?: TillError | null;
  prompt: string;
  detail: string;
  confirm: string;
  onPin: (pin: string) => void;
  onBack: () => void;
  backWords?: string;
  /** Another way than a PIN, with its key. */
  other?: { words: string; onPress: () => void };
};

/** Digits that only their number is shown of. They live here until they are handed on. */
export function PinEntry({ above, error, prompt, detail, confirm, onPin, onBack, backWords, other }: Props) {
  const { t } = useWords();
  const [pin, setPin] = useState('');
  const type = (digit: string) => setPin((typed) => (typed + digit).slice(0, longestCardholderPin));
  const erase = () => setPin((typed) => typed.slice(0, -1));
  useKeys('screen', { digit: type, keys: { Backspace: erase } });
  return (
    <>
      <section className="eye panel sale">
        {typeof above === 'string' ? (
          <div className="top">
            <h1 className="what">{above}</h1>
          </div>
        ) : (
          above
        )}
        <div className={error ? 'prompt warn' : 'prompt ink'} role="status" data-error={error?.type}>
          <Icon name="lock" />
          <div>
            <h2>{prompt}</h2>
            <p>{detail}</p>
          </div>
        </div>
      </section>
      <section className="hand code">
        <PinPad
          length={pin.length}
          shortest={shortestCardholderPin}
          onDigit={type}
          onErase={erase}
          onClear={() => setPin('')}
        />
        <div className="push" />
        {other ? (
          <Action keyName="O" onPress={other.onPress}>
            {other.words}
          </Action>
        ) : null}
        <div className="row last">
          <Action kind="cancel" keyName="Escape" onPress={onBack}>
            {backWords ?? t.cards.back}
          </Action>
          <Action
            kind="primary quiet"
            keyName="Enter"
            disabled={pin.length < shortestCardholderPin}
            onPress={() => {
              setPin('');
              onPin(pin);
            }}
          >
            {confirm}
          </Action>
        </div>
      </section>
    </>
  );
}
