import { Verdict } from '#renderer/ui/Verdict.tsx';
import { describeError } from '#resources/locales/describe.ts';
import { useCounter } from '../counter.ts';
import { Action } from '../frame/Action.tsx';
import { DigitPad } from '../frame/DigitPad.tsx';
import { useKeys } from '../keyboard/useKeys.ts';
import { useWords } from '../useTill.ts';
import type { Reversing } from './reversing.ts';
import type { ReversingActions } from './useReversing.ts';

type Props = { state: Extract<Reversing, { stage: 'which' | 'finding' }>; actions: ReversingActions };

/** A ticket's number, typed with the pad's dash, or its QR scanned. */
export function WhichPage({ state, actions }: Props) {
  const { screen } = useCounter();
  const { t, language } = useWords();
  const finding = state.stage === 'finding';
  const error = state.stage === 'which' && state.error ? describeError(language, state.error) : null;
  const type = (more: string) => actions.type((state.typed + more).slice(0, 40));
  const erase = () => actions.type(state.typed.slice(0, -1));
  useKeys('screen', {
    digit: type,
    keys: { '-': () => type('-'), Backspace: erase },
    scan: (text) => void actions.find(text),
  });
  return (
    <>
      <section className="eye panel sale" data-error={state.stage === 'which' ? state.error?.type : undefined}>
        <div className="top">
          <h1 className="what">{`${t.reverse.title}. ${t.reverse.which}`}</h1>
          <p className="amount" data-size="many">
            <span data-figure="ticket">{state.typed.length > 24 ? 'QR' : state.typed}</span>
            <span className="caret" />
          </p>
          <p className="src">{t.reverse.whichDetail}</p>
        </div>
        {error ? (
          <Verdict tone="warn" word={error.title}>
            {error.remedy}
          </Verdict>
        ) : null}
      </section>
      <section className="hand">
        <DigitPad onDigits={type} onErase={erase} />
        <Action keyName="-" onPress={() => type('-')}>
          {t.reverse.dash}
        </Action>
        <div className="row last">
          <Action kind="cancel" keyName="Escape" onPress={() => screen.setState({ page: 'sale', reversing: null })}>
            {t.reverse.back}
          </Action>
          <Action
            kind="primary quiet"
            keyName="Enter"
            disabled={finding || state.typed === ''}
            onPress={() => void actions.find(state.typed)}
          >
            {finding ? t.reverse.finding : t.reverse.find}
          </Action>
        </div>
      </section>
    </>
  );
}
