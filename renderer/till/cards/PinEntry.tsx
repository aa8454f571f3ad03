import { useState } from 'react';
import { Icon } from '#renderer/ui/icons.tsx';
import { Action } from '../frame/Action.tsx';
import { useKeys } from '../keyboard/useKeys.ts';
import { PinPad } from '../sign-in/PinPad.tsx';
import { useWords } from '../useTill.ts';

const longestPin = 8;
const shortestPin = 4;

type Props = {
  title: string;
  prompt: string;
  detail: string;
  confirm: string;
  onPin: (pin: string) => void;
  onBack: () => void;
  /** Another way than a PIN, with its key. */
  other?: { words: string; onPress: () => void };
};

/** Digits that only their number is shown of. They live here until they are handed on. */
export function PinEntry({ title, prompt, detail, confirm, onPin, onBack, other }: Props) {
  const { t } = useWords();
  const [pin, setPin] = useState('');
  const type = (digit: string) => setPin((typed) => (typed + digit).slice(0, longestPin));
  const erase = () => setPin((typed) => typed.slice(0, -1));
  useKeys('screen', { digit: type, keys: { Backspace: erase } });
  return (
    <>
      <section className="eye panel sale">
        <div className="top">
          <h1 className="what">{title}</h1>
        </div>
        <div className="prompt ink" role="status">
          <Icon name="lock" />
          <div>
            <h2>{prompt}</h2>
            <p>{detail}</p>
          </div>
        </div>
      </section>
      <section className="hand code">
        <PinPad length={pin.length} shortest={shortestPin} onDigit={type} onErase={erase} onClear={() => setPin('')} />
        <div className="push" />
        {other ? (
          <Action keyName="O" onPress={other.onPress}>
            {other.words}
          </Action>
        ) : null}
        <div className="row last">
          <Action kind="cancel" keyName="Escape" onPress={onBack}>
            {t.cards.back}
          </Action>
          <Action
            kind="primary quiet"
            keyName="Enter"
            disabled={pin.length < shortestPin}
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
