import { ORPCError } from '@orpc/server';
import type { CentralError, centralRefusals } from '#contract/central/index.ts';
import type { Result } from '#contract/result/index.ts';

type Code = keyof typeof centralRefusals;

/** The HTTP side of each refusal, in one place. */
const codeOf: Readonly<Record<CentralError['type'], Code>> = {
  EnrolmentCodeInvalid: 'REFUSED',
  TerminalUnknown: 'UNAUTHENTICATED',
  TerminalRevoked: 'UNAUTHENTICATED',
  TerminalQuarantined: 'REFUSED',
  RequestNotAuthentic: 'UNAUTHENTICATED',
  RequestReplayed: 'UNAUTHENTICATED',
  ClockTooFar: 'UNAUTHENTICATED',
  ChainBroken: 'CONFLICT',
  ChainForked: 'CONFLICT',
  EntryInvalid: 'REFUSED',
  IntentionReused: 'CONFLICT',
  SignInRefused: 'REFUSED',
  SignInThrottled: 'REFUSED',
  NotSignedIn: 'UNAUTHENTICATED',
  NotAllowed: 'REFUSED',
  NotFound: 'NOT_FOUND',
  InvalidRequest: 'REFUSED',
  TooManyRequests: 'REFUSED',
  CardUnknown: 'NOT_FOUND',
  CardNotOurs: 'REFUSED',
  CardNumberTaken: 'CONFLICT',
  CardNotBlank: 'REFUSED',
  CardFull: 'REFUSED',
  CardBlocked: 'REFUSED',
  CardReplaced: 'REFUSED',
  CardFault: 'REFUSED',
  NoCardsInStock: 'REFUSED',
  PurseTooLow: 'REFUSED',
  HoldInUse: 'CONFLICT',
  CreditLimit: 'REFUSED',
  PinRequired: 'REFUSED',
  PinWrong: 'REFUSED',
  PinBlocked: 'REFUSED',
  RelayEnded: 'CONFLICT',
  PreparingNotAllowed: 'REFUSED',
  ProgrammeContradictory: 'REFUSED',
  VersionChanged: 'CONFLICT',
  CaseSettled: 'CONFLICT',
  ExportTooLarge: 'REFUSED',
  StaffCodeTaken: 'CONFLICT',
  LastManager: 'REFUSED',
  SecondPersonNeeded: 'REFUSED',
  RequestOver: 'CONFLICT',
};
const statusOf: Readonly<Record<Code, number>> = { REFUSED: 422, UNAUTHENTICATED: 401, NOT_FOUND: 404, CONFLICT: 409 };

export const refusal = (type: CentralError['type'], facts?: CentralError['facts']): CentralError =>
  facts ? { type, facts } : { type };

/** A refusal as it crosses the wire: its code and status, and the plain object that the contract declares. */
export function refused(error: CentralError): ORPCError<Code, CentralError> {
  const code = codeOf[error.type];
  return new ORPCError(code, { status: statusOf[code], message: error.type, data: error, defined: true });
}

/** The value of a use case, or its refusal on the way to the wire. */
export function answer<T>(result: Result<T, CentralError>): T {
  if (!result.ok) throw refused(result.error);
  return result.value;
}
