import { z } from 'zod';

/**
 * Every refusal the till can give. The words for a person (what happened, what to do) are in resources/locales by type.
 * `kind`: refused = nothing happened · unknown = something may have happened, a person or the device must say.
 */
export const tillErrors = {
  // who may ask
  NotSignedIn: 'refused',
  NotAllowed: 'refused',
  SignInRefused: 'refused',
  SignInThrottled: 'refused',
  NotEnrolled: 'refused',
  // what was asked
  InvalidRequest: 'refused',
  AmountNotANumber: 'refused',
  AmountDecimals: 'refused',
  AmountZero: 'refused',
  AmountTooLarge: 'refused',
  IntentionReused: 'refused',
  SaleInProgress: 'refused',
  EntryNotFound: 'refused',
  AlreadyReversed: 'refused',
  NotReversible: 'refused',
  NotEnoughPoints: 'refused',
  PurseTooLow: 'refused',
  CreditLimit: 'refused',
  MoreThanOwed: 'refused',
  GiftUnknown: 'refused',
  NoMoneyForPoints: 'refused',
  OfflineCapExceeded: 'refused',
  PinRequired: 'refused',
  PinWrong: 'refused',
  PinBlocked: 'refused',
  PinBehind: 'refused',
  ApprovalRequired: 'refused',
  DayAlreadyOpen: 'refused',
  NothingToClose: 'refused',
  CountDiffers: 'refused',
  NeedsLink: 'refused',
  // card and reader
  NoCardInTime: 'refused',
  Cancelled: 'refused',
  CardNotOurs: 'refused',
  CardOfAnotherNetwork: 'refused',
  CardNotPrepared: 'refused',
  CardNewInShop: 'refused',
  CardBlocked: 'refused',
  CardReplaced: 'refused',
  CardKeysChanged: 'refused',
  CardChanged: 'refused',
  CardRemoved: 'refused',
  CardFault: 'refused',
  CardQuarantined: 'refused',
  CardFull: 'refused',
  CardOfOlderLayout: 'refused',
  CardOfTraining: 'refused',
  CardNotReplaceable: 'refused',
  CardNumberUnknown: 'refused',
  CardNumberInvalid: 'refused',
  CardNumberTaken: 'refused',
  CardNotBlank: 'refused',
  NoCardsInStock: 'refused',
  CardTorn: 'unknown',
  ReaderUnavailable: 'refused',
  CardServiceUnavailable: 'refused',
  // printer and register
  PrinterNotSet: 'refused',
  PrinterUnavailable: 'refused',
  PrinterSilent: 'refused',
  PrinterPaperOut: 'refused',
  PrinterCoverOpen: 'refused',
  PrinterFault: 'refused',
  PrintUnknown: 'unknown',
  DeviceAddressInvalid: 'refused',
  DeviceProfileUnknown: 'refused',
  RegisterUnavailable: 'refused',
  // store and system
  DiskFull: 'refused',
  StoreCorrupt: 'refused',
  StoreTooNew: 'refused',
  KeysUnreadable: 'refused',
  DataFolderInUse: 'refused',
  DataFolderUnusable: 'refused',
  ProgramDidNotStart: 'refused',
  ProgramFault: 'refused',
  ServiceGone: 'unknown',
  JournalFaulty: 'refused',
  BackupExists: 'refused',
  BackupNotWritten: 'refused',
  BackupNotRead: 'refused',
  BackupUnreadable: 'refused',
  BackupOfAnotherTill: 'refused',
  BackupFaulty: 'refused',
  NotSimulated: 'refused',
  NotInTraining: 'refused',
  // server
  CentralUnreachable: 'refused',
  CentralRefused: 'refused',
  EnrolmentCodeInvalid: 'refused',
  EnrolmentFailed: 'refused',
  AlreadyEnrolled: 'refused',
  TerminalRevoked: 'refused',
  TerminalQuarantined: 'refused',
  SyncTimeout: 'refused',
} as const satisfies Record<string, 'refused' | 'unknown'>;

export type TillErrorType = keyof typeof tillErrors;

/** A typed refusal with the facts its sentence needs. Never a secret, never a stack. */
export const TillError = z.object({
  type: z.enum(Object.keys(tillErrors) as [TillErrorType, ...TillErrorType[]]),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
});
export type TillError = z.infer<typeof TillError>;

export const tillError = (type: TillErrorType, facts?: TillError['facts']): TillError =>
  facts ? { type, facts } : { type };
