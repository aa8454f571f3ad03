import type { Language } from '#contract/money/index.ts';
import type { TillError } from '#contract/till/errors.ts';
import type { Lamp } from '#contract/till/state.ts';
import { errors as english } from './en/errors.ts';
import { lamps as englishLamps } from './en/lamps.ts';
import { fill } from './fill.ts';
import { errors as french } from './fr/errors.ts';
import { lamps as frenchLamps } from './fr/lamps.ts';
import type { LampText, LampWords } from './words.ts';

const errorWords = { fr: french, en: english };
const lampWords: Record<Language, LampWords> = { fr: frenchLamps, en: englishLamps };

/** `title` is the fact, `state` what it means for money and card, `message` both in one line, `remedy` what to do. */
export type Description = { title: string; state: string; remedy: string; message: string };

/** A refusal in a person's words. Facts that are missing leave no gap. */
export function describeError(language: Language, error: TillError): Description {
  const words = errorWords[language][error.type];
  const facts = error.facts ?? {};
  const title = fill(words.title, facts, language);
  const state = fill(words.state, facts, language);
  return { title, state, remedy: fill(words.remedy, facts, language), message: `${title}. ${state}` };
}

/** A lamp in a person's words; a detail without words of its own falls back on its state's. */
export function describeLamp(language: Language, lamp: Lamp): LampText & { name: string } {
  const part = lampWords[language][lamp.part];
  const words = part.details[lamp.detail] ?? part.states[lamp.state];
  const facts = lamp.facts ?? {};
  return {
    name: part.name,
    word: fill(words.word, facts, language),
    fact: fill(words.fact, facts, language),
    remedy: fill(words.remedy, facts, language),
  };
}
