import { inField, undoIn, writeIn } from './fields.ts';
import { commandOf, digitOf } from './keys.ts';
import { createScanGate } from './scan.ts';

/** What one part of the screen answers to. Names as in `commandOf`. */
export type Bindings = {
  keys?: Record<string, (() => void) | undefined>;
  digit?: ((digit: string) => void) | undefined;
  scan?: (text: string) => void;
};

/** Which bindings are asked first: a dialog before a tray, a tray before its screen, the frame last. */
export const layers = { frame: 0, screen: 1, tray: 2, dialog: 3 } as const;
export type LayerName = keyof typeof layers;

type Layer = { level: number; bindings: () => Bindings };

export type Keyboard = {
  /** Adds bindings until the returned function is called. They are read at each key, so they are never stale. */
  bind(layer: LayerName, bindings: () => Bindings): () => void;
};

const isActivatable = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('button, a[href], summary, select') !== null;

/**
 * The one place that hears keys. A scan is recognised before any field or shortcut; then a key goes to the topmost
 * layer that binds it. A dialog is modal: what it does not bind goes nowhere.
 */
export function createKeyboard(
  target: Pick<Window, 'addEventListener'>,
  after: (delayMs: number, task: () => void) => () => void,
): Keyboard {
  const bound = new Set<Layer>();

  const ask = <T>(pick: (bindings: Bindings) => T | undefined): T | undefined => {
    const byLevel = [...bound].sort((a, b) => b.level - a.level);
    const modal = byLevel[0]?.level === layers.dialog;
    for (const layer of byLevel) {
      if (modal && layer.level !== layers.dialog) return undefined;
      const found = pick(layer.bindings());
      if (found !== undefined) return found;
    }
    return undefined;
  };

  const run = (event: KeyboardEvent): boolean => {
    const digit = digitOf(event);
    const onDigit = digit === null ? undefined : ask((bindings) => bindings.digit);
    if (digit !== null && onDigit) {
      onDigit(digit);
      return true;
    }
    const command = commandOf(event);
    const action = command === null ? undefined : ask((bindings) => bindings.keys?.[command]);
    action?.();
    return action !== undefined;
  };

  let field: { element: HTMLInputElement; before: string } | null = null;
  const gate = createScanGate<KeyboardEvent>({
    after,
    onKeys(events) {
      const into = field?.element;
      field = null;
      for (const event of events.slice(into ? 1 : 0)) {
        if (into) writeIn(into, event.key);
        else run(event);
      }
    },
    onScan(text) {
      if (field) undoIn(field.element, field.before);
      field = null;
      ask((bindings) => bindings.scan)?.(text);
    },
  });

  const character = (event: KeyboardEvent) => {
    gate.expire(event.timeStamp);
    const input = inField(event.target);
    const first = field === null;
    if (input && first) field = { element: input, before: input.value };
    // The first key of a possible burst goes into the field at once: a person must not feel the wait.
    else event.preventDefault();
    gate.character(event, event.key, event.timeStamp);
  };

  target.addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    const plain = !event.ctrlKey && !event.altKey && !event.metaKey;
    if (event.key.length === 1 && event.key !== ' ' && plain) return character(event);
    if (event.key === 'Enter' || event.key === 'Tab') {
      if (gate.terminator(event.timeStamp)) return event.preventDefault();
    } else gate.other();
    if (event.key === 'Enter' && isActivatable(event.target)) return;
    if (event.key === 'Backspace' && inField(event.target)) return;
    if (run(event)) event.preventDefault();
  });

  return {
    bind(layer, bindings) {
      const entry = { level: layers[layer], bindings };
      bound.add(entry);
      return () => bound.delete(entry);
    },
  };
}
