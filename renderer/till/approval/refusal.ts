import type { TillError } from '#contract/till/errors.ts';
import type { ApprovalAsked } from '#contract/till/loyalty.ts';

const ofTheApprover = ['SignInRefused', 'SignInThrottled', 'NotAllowed'];

/** Whether a refusal is answered by an approval: none was given, or the one that was given did not do. */
export const isAboutApproval = ({ type }: TillError, given: ApprovalAsked | null): boolean =>
  type === 'ApprovalRequired' || (given !== null && ofTheApprover.includes(type));

/** What the approval's page says of the approval before: nothing where there was none. */
export const approvalRefusal = (error: TillError): TillError | null =>
  error.type === 'ApprovalRequired' ? null : error;
