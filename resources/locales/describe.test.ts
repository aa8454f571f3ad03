import { describe, expect, it } from 'vitest';
import { type TillErrorType, tillErrors } from '#contract/till/errors.ts';
import { describeError, describeLamp } from './describe.ts';
import { errors as english } from './en/errors.ts';
import { lamps as englishLamps } from './en/lamps.ts';
import { errors as french } from './fr/errors.ts';
import { lamps as frenchLamps } from './fr/lamps.ts';

const types = Object.keys(tillErrors) as TillErrorType[];
const placeholders = (text: string) => [...text.matchAll(/\{(\w+)/g)].map((match) => match[1]).sort();
const outsideBrackets = (text: string) => text.replace(/\[[^\]]*\]/g, '');

describe('the words of refusals', () => {
  it.each(types)('%s has a fact, a state and a remedy in both languages', (type) => {
    for (const words of [french[type], english[type]]) {
      expect(words.title.length).toBeGreaterThan(5);
      expect(words.state.length).toBeGreaterThan(5);
      expect(words.remedy.length).toBeGreaterThan(5);
      expect(words.title).not.toMatch(/[.!]$/);
      expect(`${words.title}${words.state}${words.remedy}`).not.toContain('!');
    }
  });

  it.each(types)('%s asks for the same facts in both languages, and never depends on one', (type) => {
    for (const part of ['title', 'state', 'remedy'] as const) {
      expect(placeholders(english[type][part])).toEqual(placeholders(french[type][part]));
      expect(outsideBrackets(french[type][part])).not.toContain('{');
      expect(outsideBrackets(english[type][part])).not.toContain('{');
    }
  });

  it.each(types)('%s leaves no brace and no bracket without facts', (type) => {
    for (const language of ['fr', 'en'] as const) {
      const { message, remedy } = describeError(language, { type });
      expect(`${message} ${remedy}`).not.toMatch(/[{}[\]]/);
    }
  });
});

it('a refusal speaks of no sale where there may be none, and of no remedy that is not there', () => {
  expect(describeError('fr', { type: 'NoCardInTime' }).state).toBe('Rien n’a été enregistré.');
  expect(describeError('en', { type: 'NoCardInTime' }).state).toBe('Nothing was recorded.');
  for (const language of ['fr', 'en'] as const)
    expect(describeError(language, { type: 'StoreCorrupt' }).remedy).not.toContain('restore');
});

describe('facts in sentences', () => {
  it('shows an amount in its currency, a wait in its unit, a card in groups', () => {
    const tooLarge = { type: 'AmountTooLarge', facts: { maxAmountMinor: 500_000_000, currency: 'XOF' } } as const;
    expect(describeError('fr', tooLarge).remedy).toBe(
      'Vérifiez le montant. Le plus grand accepté est 500\u202f000\u202f000\u00a0F CFA.',
    );
    expect(describeError('en', { type: 'SignInThrottled', facts: { waitMs: 30_000 } }).remedy).toContain(
      'Wait 30\u00a0s,',
    );
    expect(describeError('fr', { type: 'CardBlocked', facts: { cardNumber: '0417209379' } }).message).toBe(
      'Cette carte est bloquée. Rien n’a été ajouté. Carte 0417 2093 79.',
    );
  });

  it('agrees with a count, by the rule of each language', () => {
    const state = (language: 'fr' | 'en', remaining: number) =>
      describeError(language, { type: 'SignInRefused', facts: { remaining } }).state;
    expect(state('fr', 0)).toContain('0 essai.');
    expect(state('fr', 2)).toContain('2 essais.');
    expect(state('en', 1)).toContain('1 try is left.');
    expect(state('en', 0)).toContain('0 tries are left.');
  });
});

describe('the words of lamps', () => {
  it('are there for each part, state and detail in both languages', () => {
    for (const part of Object.keys(frenchLamps) as (keyof typeof frenchLamps)[]) {
      expect(Object.keys(englishLamps[part].details)).toEqual(Object.keys(frenchLamps[part].details));
    }
  });

  it('[N5] say by how much the clock is wrong and what to do about it, and fall back on the state for a detail without words', () => {
    const clock = { part: 'clock', state: 'warn', detail: 'slow', facts: { offsetMs: 7_440_000 } } as const;
    expect(describeLamp('fr', clock).word).toBe('Ce PC retarde de 2\u00a0h\u00a004');
    expect(describeLamp('en', clock).word).toBe('This PC is 2\u00a0h\u00a004 slow');
    const far = { ...clock, detail: 'fast', facts: { offsetMs: 315_360_000_000 } } as const;
    expect(describeLamp('fr', far).word).toBe('Ce PC avance de 10\u00a0ans');
    for (const language of ['fr', 'en'] as const) {
      expect(describeLamp(language, clock).remedy).toMatch(/Windows.*Linux.*timedatectl/);
    }
    expect(describeLamp('en', { part: 'printer', state: 'fault', detail: 'on-fire' }).fact).toBe('Faulty');
  });

  it('count what is to send', () => {
    const queue = { part: 'queue', state: 'warn', detail: 'waiting', facts: { unsent: 37 } } as const;
    expect(describeLamp('fr', queue).word).toBe('37 à envoyer');
  });
});
