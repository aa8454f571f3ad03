import type { TillErrorType } from '#contract/till/errors.ts';
import type { Lamp } from '#contract/till/state.ts';

/** A refusal in a person's words: the fact, the state of money and card, the remedy. */
export type ErrorText = { title: string; state: string; remedy: string };
export type ErrorWords = Record<TillErrorType, ErrorText>;

/** A lamp: its word in the strip, its fact in the doctor's list, what to do (empty where there is nothing to do). */
export type LampText = { word: string; fact: string; remedy: string };
/** Each part has its name, one text per state as a last resort, and one per detail the service names. */
export type LampWords = Record<
  Lamp['part'],
  { name: string; states: Record<Lamp['state'], LampText>; details: Record<string, LampText> }
>;
