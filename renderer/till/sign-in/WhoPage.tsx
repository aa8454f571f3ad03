import { type ReactNode, useState } from 'react';
import type { TillError } from '#contract/till/errors.ts';
import type { StaffMember } from '#contract/till/state.ts';
import { switchLanguage } from '#renderer/ui/language.ts';
import { Action } from '../frame/Action.tsx';
import { Trouble } from '../frame/Trouble.tsx';
import { useKeys } from '../keyboard/useKeys.ts';
import { useWords } from '../useTill.ts';
import { lettersFor } from './letters.ts';
import { People } from './People.tsx';
import { PinPad } from './PinPad.tsx';

const longestPin = 32;

type Props = {
  title: string;
  /** Below the title: what stays as it is, or what is asked for. */
  note: ReactNode;
  names: StaffMember[];
  open: string;
  /** Escape: the words of the way back, where there is one. */
  back: { words: string; onPress: () => void } | null;
  error: TillError | null;
  checking: boolean;
  onPin: (code: string, pin: string) => void;
  onBadge: (badge: string) => void;
  /** Below the names. */
  foot?: ReactNode;
  /** Anything was typed since: what was refused is old. */
  onTyped: () => void;
};

/** A name, then a PIN, or a badge: who signs in, and who approves on the spot. */
export function WhoPage({ title, note, names, open, back, error, checking, onPin, onBadge, foot, onTyped }: Props) {
  const { t, say } = useWords();
  const [chosen, setChosen] = useState<StaffMember | null>(null);
  const [pin, setPin] = useState('');
  const person = chosen ?? (names.length === 1 ? names[0]! : null);

  const choose = (staff: StaffMember) => {
    setChosen(staff);
    setPin('');
    onTyped();
  };
  const type = (digit: string) => {
    onTyped();
    setPin((typed) => (typed + digit).slice(0, longestPin));
  };
  const give = () => {
    if (!person || pin === '' || checking) return;
    onPin(person.code, pin);
    setPin('');
  };
  const erase = () => setPin((typed) => typed.slice(0, -1));
  const letters = lettersFor(names.map((staff) => staff.name));
  useKeys('dialog', {
    digit: person && !checking ? type : undefined,
    scan: (text) => {
      setPin('');
      if (!checking) onBadge(text);
    },
    keys: {
      Backspace: erase,
      Escape: back ? back.onPress : () => setPin(''),
      L: switchLanguage,
      ...Object.fromEntries(names.map((staff, index) => [letters[index]!, () => choose(staff)])),
    },
  });
  return (
    <section className="signin">
      <div className="panel pin">
        <div className="who-list">
          <h1 className="title">{title}</h1>
          {note}
          <People names={names} letters={letters} chosen={person} onChoose={choose} />
          {foot}
        </div>
        <div className="code">
          <p className="who-code">{person ? say(t.signIn.pinOf, { name: person.name }) : t.signIn.pinTitle}</p>
          <PinPad length={pin.length} disabled={checking} onDigit={type} onErase={erase} onClear={() => setPin('')} />
          {error ? (
            <Trouble error={error} role="alert" withState />
          ) : (
            <p className="t2 hint">{person ? null : t.signIn.choose}</p>
          )}
          <div className="row last">
            {back ? (
              <Action layer="dialog" kind="cancel" keyName="Escape" onPress={back.onPress}>
                {back.words}
              </Action>
            ) : null}
            <Action
              layer="dialog"
              kind="primary quiet"
              keyName="Enter"
              onPress={give}
              disabled={!person || pin === '' || checking}
            >
              {checking ? t.signIn.opening : open}
            </Action>
          </div>
        </div>
      </div>
    </section>
  );
}
