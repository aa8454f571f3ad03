import { type ReactNode, useEffect, useRef } from 'react';
import { Icon, type IconName } from '#renderer/ui/icons.tsx';
import type { LayerName } from '../keyboard/keyboard.ts';
import { useKeys } from '../keyboard/useKeys.ts';
import { useWords } from '../useTill.ts';

/** A key as it is printed on its button. */
export const KeyCap = ({ name }: { name: string }) => {
  const { t } = useWords();
  const printed =
    name === 'Enter'
      ? t.keys.enter
      : name === 'Escape'
        ? t.keys.escape
        : name.length === 1
          ? name
          : name.replace('+', ' ');
  return (
    <span className="kbd" aria-hidden="true">
      {printed}
    </span>
  );
};

const ariaKey = (name: string): string => name.replace('Ctrl+', 'Control+');

/** A pointer never takes the focus from where the keyboard left it: Enter would press the last pad key again. */
export const keepFocus = (event: { preventDefault(): void }): void => event.preventDefault();

type Props = {
  children: ReactNode;
  onPress: () => void;
  /** The key that presses it, as long as the button stands. It is printed on it. */
  keyName?: string;
  layer?: LayerName;
  kind?: string;
  icon?: IconName;
  pressed?: boolean;
  /** Seen and reachable, but a press does nothing. */
  disabled?: boolean;
  /** Takes the focus when it appears. */
  focus?: boolean;
  /** The key works, and is not printed: a latched button says only that it waits. */
  silentKey?: boolean;
};

/** A button and its key: one cannot be there without the other. */
export function Action(props: Props) {
  const {
    children,
    onPress,
    keyName,
    layer = 'screen',
    kind = '',
    icon,
    pressed,
    disabled = false,
    focus,
    silentKey,
  } = props;
  const ref = useRef<HTMLButtonElement>(null);
  const press = () => {
    if (!disabled) onPress();
  };
  useKeys(layer, keyName ? { keys: { [keyName]: press } } : {});
  useEffect(() => {
    if (focus) ref.current?.focus({ preventScroll: true });
  }, [focus]);
  return (
    <button
      ref={ref}
      type="button"
      className={`btn ${kind}`}
      onClick={press}
      onMouseDown={keepFocus}
      aria-pressed={pressed}
      aria-disabled={disabled || undefined}
      aria-keyshortcuts={keyName ? ariaKey(keyName) : undefined}
    >
      <span>
        {icon ? <Icon name={icon} /> : null}
        {children}
      </span>
      {keyName && !silentKey ? <KeyCap name={keyName} /> : null}
    </button>
  );
}
