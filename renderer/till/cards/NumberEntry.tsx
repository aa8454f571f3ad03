import { useState } from 'react';
import { formatCardNumber, parseCardNumber } from '#contract/loyalty/card-number.ts';
import type { TillError } from '#contract/till/errors.ts';
import { Verdict } from '#renderer/ui/Verdict.tsx';
import { describeError } from '#resources/locales/describe.ts';
import { useCounter } from '../counter.ts';
import { refusalOf } from '../door/client.ts';
import { Action } from '../frame/Action.tsx';
import { DigitPad } from '../frame/DigitPad.tsx';
import { useKeys } from '../keyboard/useKeys.ts';
import { toneOf } from '../sale/severity.ts';
import { useWords } from '../useTill.ts';

const digitsOfNumber = 10;

type Props = {
  title: string;
  label: string;
  detail: string;
  confirm: string;
  /** Whether the card itself may be read instead. */
  mayRead?: boolean;
  /** Why the number before did not do. */
  refused: TillError | null;
  onNumber: (cardNumber: string) => void;
  onBack: () => void;
};

/** Ten digits, typed, scanned, or read from the card on the reader; the check digits are looked at before anyone is asked. */
export function NumberEntry({ title, label, detail, confirm, mayRead = false, refused, onNumber, onBack }: Props) {
  const { t, language } = useWords();
  const [digits, setDigits] = useState('');
  const [mistyped, setMistyped] = useState<TillError | null>(null);
  const error = mistyped ?? (digits === '' ? refused : null);
  const type = (more: string) => {
    setMistyped(null);
    setDigits((typed) => (typed + more).slice(0, digitsOfNumber));
  };
  const erase = () => setDigits((typed) => typed.slice(0, -1));
  const take = (text: string) => {
    const parsed = parseCardNumber(text);
    if (parsed.ok) onNumber(parsed.value);
    else setMistyped({ type: 'CardNumberInvalid' });
  };
  useKeys('screen', { digit: type, keys: { Backspace: erase }, scan: take });
  const words = error ? describeError(language, error) : null;
  return (
    <>
      <section className="eye panel sale" data-error={error?.type}>
        <div className="top">
          <h1 className="what">{`${title}. ${label}`}</h1>
          <p className="amount" data-size="most">
            <span data-figure="card-number">
              {digits.length === digitsOfNumber ? formatCardNumber(digits) : digits}
            </span>
            <span className="caret" />
          </p>
          <p className="src">{detail}</p>
        </div>
        {error && words ? (
          <Verdict tone={toneOf(error.type)} word={words.title}>
            {words.remedy}
          </Verdict>
        ) : null}
      </section>
      <section className="hand">
        <DigitPad onDigits={type} onErase={erase} />
        {mayRead ? <ReadCard onNumber={onNumber} onRefused={setMistyped} /> : null}
        <div className="row last">
          <Action kind="cancel" keyName="Escape" onPress={onBack}>
            {t.cards.back}
          </Action>
          <Action
            kind="primary quiet"
            keyName="Enter"
            disabled={digits.length !== digitsOfNumber}
            onPress={() => take(digits)}
          >
            {confirm}
          </Action>
        </div>
      </section>
    </>
  );
}

/** Takes the number off the card that lies on the reader. */
function ReadCard({ onNumber, onRefused }: { onNumber: Props['onNumber']; onRefused: (error: TillError) => void }) {
  const { client } = useCounter();
  const { t } = useWords();
  const [reading, setReading] = useState(false);
  const read = async () => {
    setReading(true);
    try {
      const events = await client()?.loyalty.showCard({ timeoutMs: 15_000 });
      if (events) {
        for await (const event of events) if (event.stage === 'result') onNumber(event.card.cardNumber);
      }
    } catch (thrown) {
      onRefused(refusalOf(thrown) ?? { type: 'ServiceGone' });
    }
    setReading(false);
  };
  return (
    <Action keyName="K" kind="quiet" icon="tap" disabled={reading} onPress={() => void read()}>
      {reading ? t.prompt.present : t.cards.readCard}
    </Action>
  );
}
