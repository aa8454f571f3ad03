import { describe, expect, it } from 'vitest';
import { afterRefusal, pinChange, withNewPin, withNewPinAgain, withOldPin } from './pinChange.ts';

const chosen = (oldPin: string | null) => withNewPinAgain(withNewPin(withOldPin(pinChange, oldPin), '8520'), '8520');
const given = { code: 'manager', pin: '123456' };

describe('the questions of a PIN’s change', () => {
  it('[T5] are the PIN of today, then twice the new one: who knows it needs no manager', () => {
    const old = withOldPin(pinChange, '4711');
    expect([pinChange.step, old.step, withNewPin(old, '8520').step]).toEqual(['old', 'new', 'again']);
    expect(chosen('4711')).toMatchObject({ step: 'work', oldPin: '4711', newPin: '8520' });
  });

  it('[T5] are a manager’s only where there is no PIN of today', () => {
    expect(chosen(null)).toMatchObject({ step: 'work', oldPin: null });
    const asked = afterRefusal(chosen(null), { type: 'ApprovalRequired' }, null);
    expect(asked).toMatchObject({ step: 'approval', error: null });
    const refused = afterRefusal(asked, { type: 'SignInRefused' }, given);
    expect(refused).toMatchObject({ step: 'approval', error: { type: 'SignInRefused' } });
  });

  it('begin again with the new PIN where the two differ', () => {
    const differ = withNewPinAgain(withNewPin(withOldPin(pinChange, '4711'), '8520'), '8521');
    expect(differ).toMatchObject({ step: 'new', differ: true, newPin: '', oldPin: '4711' });
    expect(withNewPinAgain(withNewPin(differ, '8520'), '8520')).toMatchObject({ step: 'work', differ: false });
  });

  it('[T5] ask for a wrong PIN of today alone, and keep the new one', () => {
    const wrong = afterRefusal(chosen('4712'), { type: 'PinWrong' }, null);
    expect(wrong).toMatchObject({ step: 'old', error: { type: 'PinWrong' }, lies: true });
    expect(withOldPin(wrong, '4711')).toMatchObject({ step: 'work', newPin: '8520', lies: true, error: null });
    expect(withOldPin(wrong, null)).toMatchObject({ step: 'work', oldPin: null });
  });

  it('end where no answer helps', () => {
    for (const type of ['NeedsLink', 'PinBlocked', 'CardBlocked'] as const)
      expect(afterRefusal(chosen('4711'), { type }, null).step).toBe('work');
  });
});
