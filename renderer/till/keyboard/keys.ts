/** What a keyboard event says, apart from the DOM: enough to decide, and easy to test. */
export type KeyPress = Pick<KeyboardEvent, 'key' | 'code' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey'>;

/**
 * The digit of a key, or null.
 * On AZERTY the number row gives `& é " ' (` unshifted and digits only with Shift: at a till that row means digits, so
 * the key's place decides (`code`) where its character is no digit. Number-pad keys give digits whatever NumLock says.
 */
export function digitOf(press: KeyPress): string | null {
  if (press.ctrlKey || press.altKey || press.metaKey) return null;
  if (/^\d$/.test(press.key)) return press.key;
  const byPlace = press.shiftKey ? /^Numpad(\d)$/ : /^(?:Digit|Numpad)(\d)$/;
  return byPlace.exec(press.code)?.[1] ?? null;
}

const named = /^(F\d{1,2}|Enter|Escape|Backspace|Delete|Arrow(?:Up|Down|Left|Right)|[+-])$/;

/**
 * The name a screen binds: `F2`, `Enter`, `Escape`, `Backspace`, `ArrowUp`, `+`, `-`, `Ctrl+L`, or a letter as printed on its button.
 * A letter comes from the layout (the printed one), or from its place where the layout has no Latin letter there.
 */
export function commandOf(press: KeyPress): string | null {
  if (named.test(press.key)) return press.ctrlKey || press.altKey || press.metaKey ? null : press.key;
  if (press.metaKey) return null;
  const letter = /^[a-z]$/i.test(press.key) ? press.key : (/^Key([A-Z])$/.exec(press.code)?.[1] ?? null);
  if (letter === null || (press.ctrlKey && press.altKey)) return null;
  return press.ctrlKey ? `Ctrl+${letter.toUpperCase()}` : letter.toUpperCase();
}
