import { useState } from 'react';
import type { TillError } from '#contract/till/errors.ts';
import type { StaffMember } from '#contract/till/state.ts';
import { Icon } from '#renderer/ui/icons.tsx';
import { switchLanguage } from '#renderer/ui/language.ts';
import { describeError } from '#resources/locales/describe.ts';
import { useCounter } from '../counter.ts';
import { Action } from '../frame/Action.tsx';
import { useKeys } from '../keyboard/useKeys.ts';
import { useSale, useTillView, useWords } from '../useTill.ts';
import { lettersFor } from './letters.ts';
import { People } from './People.tsx';
import { PinPad } from './PinPad.tsx';

const longestPin = 32;

/** Who is at the till: a name, then a PIN. The sale in progress stays as it is. */
export function SignIn() {
  const { screen, staff: staffActions } = useCounter();
  const { t, say } = useWords();
  const names = useTillView((view) => view.names);
  const signedIn = useTillView((view) => view.staff);
  const sale = useSale();
  const [chosen, setChosen] = useState<StaffMember | null>(null);
  const [pin, setPin] = useState('');
  const [checking, setChecking] = useState(false);
  const [error, setError] = useState<TillError | null>(null);
  const person = chosen ?? (names.length === 1 ? names[0]! : null);

  const choose = (staff: StaffMember) => {
    setChosen(staff);
    setPin('');
    setError(null);
  };
  const type = (digit: string) => {
    setError(null);
    setPin((typed) => (typed + digit).slice(0, longestPin));
  };
  const open = async () => {
    if (!person || pin === '' || checking) return;
    setChecking(true);
    const refusal = await staffActions.signIn(person.code, pin);
    setChecking(false);
    setPin('');
    setError(refusal);
  };
  const letters = lettersFor(names.map((staff) => staff.name));
  const back = () => (signedIn ? screen.setState({ switching: false }) : setPin(''));
  useKeys('dialog', {
    digit: person ? type : undefined,
    keys: {
      Backspace: () => setPin((typed) => typed.slice(0, -1)),
      Escape: back,
      L: switchLanguage,
      ...Object.fromEntries(names.map((staff, index) => [letters[index]!, () => choose(staff)])),
    },
  });
  return (
    <section className="signin">
      <div className="panel pin">
        <div className="who-list">
          <h1 className="title">{t.signIn.title}</h1>
          {sale.stage === 'amount' && sale.entry.digits === '' ? null : <p className="t2">{t.signIn.saleKept}</p>}
          <People names={names} letters={letters} chosen={person} onChoose={choose} />
        </div>
        <div className="code">
          <p className="who-code">{person ? say(t.signIn.pinOf, { name: person.name }) : t.signIn.pinTitle}</p>
          <PinPad
            length={pin.length}
            onDigit={type}
            onErase={() => setPin((typed) => typed.slice(0, -1))}
            onClear={() => setPin('')}
          />
          <Refusal error={error} hint={person ? null : t.signIn.choose} />
          <div className="row last">
            {signedIn ? (
              <Action layer="dialog" kind="cancel" onPress={back}>
                {say(t.signIn.cancel, { name: signedIn.name.split(' ')[0] })}
              </Action>
            ) : null}
            <Action
              layer="dialog"
              kind={`primary quiet`}
              keyName="Enter"
              onPress={() => void open()}
              disabled={!person || pin === '' || checking}
            >
              {checking ? t.signIn.opening : t.signIn.open}
            </Action>
          </div>
        </div>
      </div>
    </section>
  );
}

function Refusal({ error, hint }: { error: TillError | null; hint: string | null }) {
  const { language } = useWords();
  if (!error) return <p className="t2 hint">{hint}</p>;
  const { title, state, remedy } = describeError(language, error);
  return (
    <div className="err" role="alert" data-error={error.type}>
      <Icon name="stop" />
      <div>
        <b>{title}</b>
        <p>{`${state} ${remedy}`}</p>
      </div>
    </div>
  );
}
