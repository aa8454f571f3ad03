import type { ClockDirection } from '#contract/journal/kinds/attendance.ts';
import type { ClockedBy } from '#contract/till/attendance.ts';
import { localMoment } from '../local-moment.ts';
import { timeoutMs } from '../options.ts';
import { done } from '../outcome.ts';
import { demoMember } from '../sign-in.ts';
import type { Call, Verb } from '../verb.ts';

const said = { fr: { in: 'arrivée', out: 'départ' }, en: { in: 'in', out: 'out' } } as const;

const clocking = (direction: ClockDirection, summary: Verb['summary']): Verb => ({
  name: `attendance ${direction}`,
  usage: '[--staff CODE [--pin-stdin] | --card] [--intention UUID] [--timeout SECONDS]',
  summary,
  options: { card: { type: 'boolean' } },
  async run(call) {
    const who = await whoClocks(call);
    if (!who) return { status: 2, usage: `comptoir attendance ${direction} --staff CODE | --card` };
    const intention = String(call.options.intention ?? call.uuid());
    const clocked = await call.till.attendance.clock({ intention, direction, who });
    return done(
      clocked,
      `${clocked.name}  ${said[call.language][direction]}  ${localMoment(clocked.atMs, call.language)}`,
    );
  },
});

/** By the card that the shop gave, else by code and PIN; in a demonstration its cashier where nobody is named. */
async function whoClocks({ options, secrets, till, progress, language }: Call): Promise<ClockedBy | null> {
  if (options.card === true) {
    progress(language === 'fr' ? 'Présentez votre carte.' : 'Present your card.');
    return { card: true, useCardAsItLies: true, timeoutMs: timeoutMs(options) };
  }
  if (typeof options.staff === 'string') return { code: options.staff, pin: await secrets.ask(options.staff) };
  const member = await demoMember(till, 'cashier');
  return member && { code: member.code, pin: member.pin };
}

export const attendanceIn = clocking('in', {
  fr: 'pointe l’arrivée d’une personne du personnel',
  en: 'clocks a member of staff in',
});

export const attendanceOut = clocking('out', {
  fr: 'pointe le départ d’une personne du personnel',
  en: 'clocks a member of staff out',
});
