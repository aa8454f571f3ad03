import type { TillError } from '#contract/till/errors.ts';
import type { ApprovalAsked } from '#contract/till/loyalty.ts';
import { approvalRefusal, isAboutApproval } from '../approval/refusal.ts';

/**
 * The customer's new PIN, question by question: the one of today first, for who knows it needs nobody else; then twice the new
 * one; a manager's approval only where there is no PIN of today to give.
 */
export type PinChange = {
  step: 'old' | 'new' | 'again' | 'approval' | 'work';
  /** Null: none is set, or it is forgotten. */
  oldPin: string | null;
  newPin: string;
  /** The second time another PIN was typed than the first. */
  differ: boolean;
  /** Why the question is asked again. */
  error: TillError | null;
  /** The card was read for this change already: it need not be taken away and laid down again. */
  lies: boolean;
};

export const pinChange: PinChange = { step: 'old', oldPin: null, newPin: '', differ: false, error: null, lies: false };

/** The PIN of today, or null for another way. A new PIN that was chosen before is kept. */
export const withOldPin = (state: PinChange, oldPin: string | null): PinChange => ({
  ...state,
  oldPin,
  error: null,
  step: state.newPin === '' ? 'new' : 'work',
});

export const withNewPin = (state: PinChange, newPin: string): PinChange => ({ ...state, newPin, step: 'again' });

export const withNewPinAgain = (state: PinChange, pin: string): PinChange =>
  pin === state.newPin
    ? { ...state, differ: false, step: 'work' }
    : { ...state, differ: true, newPin: '', step: 'new' };

/** What a refusal asks for next; one that no answer mends stays on the screen. */
export function afterRefusal(state: PinChange, error: TillError, given: ApprovalAsked | null): PinChange {
  if (error.type === 'PinRequired' || error.type === 'PinWrong') return { ...state, error, lies: true, step: 'old' };
  if (isAboutApproval(error, given)) return { ...state, error: approvalRefusal(error), step: 'approval' };
  return state;
}
