import { formatAmount } from '#contract/money/index.ts';
import { useCounter } from '../counter.ts';
import { Action } from '../frame/Action.tsx';
import { DigitPad } from '../frame/DigitPad.tsx';
import { useTillView, useWords } from '../useTill.ts';
import { Operations } from './Operations.tsx';
import { amountMinorOf, type Sale } from './sale.ts';

/** What the hand types with, and where the register's amount can be taken from. */
export function Keypad({ sale }: { sale: Exclude<Sale, { stage: 'result' | 'pin' }> }) {
  const { selling } = useCounter();
  return (
    <>
      <Operations current="sale" />
      <DigitPad
        onDigits={(digits) => selling.act({ act: 'digits', digits, source: 'pad' })}
        onErase={() => selling.act({ act: 'erase', source: 'pad' })}
      />
      <TakeRegister sale={sale} />
    </>
  );
}

function TakeRegister({ sale }: { sale: Exclude<Sale, { stage: 'result' | 'pin' }> }) {
  const { selling } = useCounter();
  const { t, say, language } = useWords();
  const sent = useTillView((view) => view.state?.registerAmount ?? null);
  const currency = useTillView((view) => view.state?.currency ?? 'XOF');
  const shown = sale.entry.source === 'register' && amountMinorOf(sale.entry) === sent?.amountMinor;
  if (!sent || shown || sale.stage !== 'amount') return null;
  return (
    <Action keyName="C" onPress={selling.takeRegister}>
      {say(t.sale.takeRegister, { amount: formatAmount(sent.amountMinor, currency, language) })}
    </Action>
  );
}
