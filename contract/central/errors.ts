import { oc } from '@orpc/contract';
import { z } from 'zod';

/** Every refusal of the central server, as a typed plain object. */
export const CentralError = z.object({
  type: z.enum([
    'EnrolmentCodeInvalid',
    'TerminalUnknown',
    'TerminalRevoked',
    'TerminalQuarantined',
    'RequestNotAuthentic',
    'RequestReplayed',
    'ClockTooFar',
    'ChainBroken',
    'ChainForked',
    'EntryInvalid',
    'IntentionReused',
    'SignInRefused',
    'SignInThrottled',
    'NotSignedIn',
    'NotAllowed',
    'NotFound',
    'InvalidRequest',
    'TooManyRequests',
    'CardUnknown',
    'CardNotOurs',
    'CardNumberTaken',
    'CardNotBlank',
    'CardFull',
    'CardBlocked',
    'CardReplaced',
    'CardFault',
    'NoCardsInStock',
    'PurseTooLow',
    'CreditLimit',
    'HoldInUse',
    'PinRequired',
    'PinWrong',
    'PinBlocked',
    'RelayEnded',
    'PreparingNotAllowed',
    'ProgrammeContradictory',
    'VersionChanged',
    'CaseSettled',
    'ExportTooLarge',
    'StaffCodeTaken',
    'LastManager',
    'SecondPersonNeeded',
    'RequestOver',
  ]),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
});
export type CentralError = z.infer<typeof CentralError>;

export const centralRefusals = {
  REFUSED: { status: 422, data: CentralError },
  UNAUTHENTICATED: { status: 401, data: CentralError },
  NOT_FOUND: { status: 404, data: CentralError },
  CONFLICT: { status: 409, data: CentralError },
} as const;
/** Every call of the server can be refused in these ways. */
export const centralBase = oc.errors(centralRefusals);
