/** The text field a key is meant for, or null. */
export const inField = (target: EventTarget | null): HTMLInputElement | null =>
  target instanceof HTMLInputElement && !['checkbox', 'radio', 'button'].includes(target.type) ? target : null;

// React keeps its own idea of a field's value: only the prototype's setter followed by an input event is noticed.
const setValue = (element: HTMLInputElement, value: string): void => {
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(element, value);
  element.dispatchEvent(new Event('input', { bubbles: true }));
};

/** Puts a field back to what it was before a scan began in it. */
export const undoIn = (element: HTMLInputElement, before: string): void => setValue(element, before);

/** Writes a held key where the caret is. */
export const writeIn = (element: HTMLInputElement, text: string): void => {
  const at = element.selectionStart ?? element.value.length;
  const end = element.selectionEnd ?? at;
  setValue(element, element.value.slice(0, at) + text + element.value.slice(end));
  element.setSelectionRange(at + text.length, at + text.length);
};
