import { Icon } from '#renderer/ui/icons.tsx';
import { useWords } from '../useTill.ts';
import { keepFocus } from './Action.tsx';

const padDigits = ['7', '8', '9', '4', '5', '6', '1', '2', '3', '00', '0'] as const;

/** The pad an amount or a number is typed with: 7-8-9 on top, 00, erase. */
export function DigitPad({ onDigits, onErase }: { onDigits: (digits: string) => void; onErase: () => void }) {
  const { t } = useWords();
  return (
    <fieldset className="pad" aria-label={t.sale.pad}>
      {padDigits.map((digits) => (
        <button key={digits} type="button" onMouseDown={keepFocus} onClick={() => onDigits(digits)}>
          {digits}
        </button>
      ))}
      <button type="button" aria-label={t.sale.erase} onMouseDown={keepFocus} onClick={onErase}>
        <Icon name="erase" />
      </button>
    </fieldset>
  );
}
