import { useState } from 'react';
import { Icon } from '#renderer/ui/icons.tsx';
import { describeError } from '#resources/locales/describe.ts';
import { useCounter } from '../counter.ts';
import { Action } from '../frame/Action.tsx';
import { useKeys } from '../keyboard/useKeys.ts';
import type { Sale } from '../sale/sale.ts';
import { PinPad } from '../sign-in/PinPad.tsx';
import { useWords } from '../useTill.ts';
import { ChosenReward } from './ChosenReward.tsx';

const longestPin = 8;

/** The customer types the card's PIN. It lives in this component alone, until it is handed on. */
export function CardPin({ sale }: { sale: Extract<Sale, { stage: 'pin' }> }) {
  const { selling } = useCounter();
  const { t, language } = useWords();
  const [pin, setPin] = useState('');
  const type = (digit: string) => setPin((typed) => (typed + digit).slice(0, longestPin));
  const erase = () => setPin((typed) => typed.slice(0, -1));
  const wrong = sale.error.type === 'PinWrong' ? describeError(language, sale.error) : null;
  useKeys('screen', { digit: type, keys: { Backspace: erase } });
  return (
    <>
      <section className="eye panel sale">
        {sale.intention.choice ? <ChosenReward choice={sale.intention.choice} /> : <div className="top" />}
        <div className="prompt warn" role="status" data-error={sale.error.type}>
          <Icon name="lock" />
          <div>
            <h2>{wrong ? wrong.title : t.spend.pinTitle}</h2>
            <p>{wrong ? `${wrong.state} ${wrong.remedy}` : t.spend.pinDetail}</p>
          </div>
        </div>
      </section>
      <section className="hand code">
        <PinPad length={pin.length} shortest={4} onDigit={type} onErase={erase} onClear={() => setPin('')} />
        <div className="push" />
        <div className="row last">
          <Action kind="cancel" keyName="Escape" onPress={selling.next}>
            {t.sale.cancel}
          </Action>
          <Action
            kind="primary quiet"
            keyName="Enter"
            disabled={pin.length < 4}
            onPress={() => {
              setPin('');
              selling.givePin(pin);
            }}
          >
            {t.spend.pinGive}
          </Action>
        </div>
      </section>
    </>
  );
}
