import { formatAmount } from '#contract/money/index.ts';
import { Icon } from '#renderer/ui/icons.tsx';
import { useCounter } from '../counter.ts';
import { Action, keepFocus } from '../frame/Action.tsx';
import { useTillView, useWords } from '../useTill.ts';
import { Operations } from './Operations.tsx';
import { amountMinorOf, type Sale } from './sale.ts';

const padDigits = ['7', '8', '9', '4', '5', '6', '1', '2', '3', '00', '0'] as const;

/** What the hand types with, and where the register's amount can be taken from. */
export function Keypad({ sale }: { sale: Exclude<Sale, { stage: 'result' }> }) {
  const { selling } = useCounter();
  const { t } = useWords();
  return (
    <>
      <Operations current="sale" />
      <fieldset className="pad" aria-label={t.sale.pad}>
        {padDigits.map((digits) => (
          <button
            key={digits}
            type="button"
            onMouseDown={keepFocus}
            onClick={() => selling.act({ act: 'digits', digits, source: 'pad' })}
          >
            {digits}
          </button>
        ))}
        <button
          type="button"
          aria-label={t.sale.erase}
          onMouseDown={keepFocus}
          onClick={() => selling.act({ act: 'erase', source: 'pad' })}
        >
          <Icon name="erase" />
        </button>
      </fieldset>
      <TakeRegister sale={sale} />
    </>
  );
}

function TakeRegister({ sale }: { sale: Exclude<Sale, { stage: 'result' }> }) {
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
