import type { ApprovalAsked } from '#contract/till/loyalty.ts';
import type { Call } from './verb.ts';

/** The option that every verb has which may need one. */
export const approvalOption = { 'approved-by': { type: 'string' } } as const;

/** `--approved-by CODE`: somebody else allows this on the spot, and types their PIN after all others. */
export async function approvalOf({ options, secrets }: Call): Promise<ApprovalAsked | null> {
  const code = options['approved-by'];
  return typeof code === 'string' ? { code, pin: await secrets.ask(code) } : null;
}
