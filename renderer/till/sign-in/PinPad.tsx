import { Icon } from '#renderer/ui/icons.tsx';
import { keepFocus } from '../frame/Action.tsx';
import { useWords } from '../useTill.ts';

const digits = ['7', '8', '9', '4', '5', '6', '1', '2', '3'] as const;
type Props = {
  length: number;
  /** Dots that stand there before a digit is typed. */
  shortest?: number;
  /** What was typed is being looked at: a key pressed now would belong to nothing. */
  disabled?: boolean;
  onDigit: (digit: string) => void;
  onErase: () => void;
  onClear: () => void;
};

/** The PIN is never shown, only how many digits were typed. */
export function PinPad({ length, shortest = 6, disabled = false, onDigit, onErase, onClear }: Props) {
  const { t, say } = useWords();
  const dots = Array.from({ length: Math.min(Math.max(length, shortest), 12) }, (_, index) => index < length);
  const key = (digit: string) => (
    <button key={digit} type="button" onMouseDown={keepFocus} onClick={() => onDigit(digit)}>
      {digit}
    </button>
  );
  return (
    <>
      <p className="dots" role="img" aria-label={say(t.signIn.typed, { count: length })}>
        {dots.map((on, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a dot is its place
          <i key={index} className={on ? 'on' : ''} />
        ))}
      </p>
      <fieldset className="pad" aria-label={t.sale.pad} disabled={disabled}>
        {digits.map(key)}
        <button type="button" aria-label={t.signIn.clear} onMouseDown={keepFocus} onClick={onClear}>
          <Icon name="cross" />
        </button>
        {key('0')}
        <button type="button" aria-label={t.signIn.erase} onMouseDown={keepFocus} onClick={onErase}>
          <Icon name="erase" />
        </button>
      </fieldset>
    </>
  );
}
