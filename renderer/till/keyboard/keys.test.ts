import { describe, expect, it } from 'vitest';
import { commandOf, digitOf, type KeyPress } from './keys.ts';

const press = (key: string, code: string, modifiers: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code,
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  ...modifiers,
});

describe('digits', () => {
  it('come from the unshifted number row of an AZERTY keyboard', () => {
    const row = ['&', 'é', '"', "'", '(', '-', 'è', '_', 'ç'];
    const digits = row.map((key, index) => digitOf(press(key, `Digit${index + 1}`)));
    expect(digits).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9']);
    expect(digitOf(press('à', 'Digit0'))).toBe('0');
  });

  it('come from the shifted number row of an AZERTY keyboard, by their character', () => {
    expect(digitOf(press('1', 'Digit1', { shiftKey: true }))).toBe('1');
  });

  it('do not come from the shifted number row of a QWERTY keyboard', () => {
    expect(digitOf(press('!', 'Digit1', { shiftKey: true }))).toBeNull();
  });

  it('come from the number pad with NumLock on or off', () => {
    expect(digitOf(press('7', 'Numpad7'))).toBe('7');
    expect(digitOf(press('Home', 'Numpad7'))).toBe('7');
    expect(digitOf(press('Enter', 'NumpadEnter'))).toBeNull();
  });

  it('are no digits with Ctrl, Alt or Meta', () => {
    for (const modifier of ['ctrlKey', 'altKey', 'metaKey'] as const) {
      expect(digitOf(press('1', 'Digit1', { [modifier]: true }))).toBeNull();
    }
  });
});

describe('commands', () => {
  it('are function keys, Enter, Escape and Ctrl with a letter', () => {
    expect(commandOf(press('F2', 'F2'))).toBe('F2');
    expect(commandOf(press('Enter', 'NumpadEnter'))).toBe('Enter');
    expect(commandOf(press('l', 'KeyL', { ctrlKey: true }))).toBe('Ctrl+L');
  });

  it('name a letter as the layout prints it', () => {
    expect(commandOf(press('a', 'KeyQ'))).toBe('A');
    expect(commandOf(press('A', 'KeyQ', { shiftKey: true }))).toBe('A');
    expect(commandOf(press('a', 'KeyQ', { altKey: true }))).toBe('A');
  });

  it('name a letter by its place where the layout has none, as in Arabic', () => {
    expect(commandOf(press('ش', 'KeyA'))).toBe('A');
  });

  it('leave AltGr and the system keys alone', () => {
    expect(commandOf(press('e', 'KeyE', { ctrlKey: true, altKey: true }))).toBeNull();
    expect(commandOf(press('r', 'KeyR', { metaKey: true }))).toBeNull();
    expect(commandOf(press('F4', 'F4', { altKey: true }))).toBeNull();
  });
});
