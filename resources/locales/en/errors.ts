import type { errors as french } from '../fr/errors.ts';

export const errors: typeof french = {
  NotSignedIn: {
    title: 'Nobody is signed in',
    state: 'Nothing was recorded.',
    remedy: 'Choose your name and type your PIN.',
  },
  PurseTooLow: {
    title: 'The purse does not hold enough',
    state: 'Nothing was taken.[ It holds {balanceMinor}, {missingMinor} is missing.]',
    remedy: 'Top the card up, or take a smaller amount.',
  },
  CreditLimit: {
    title: 'The credit limit would be exceeded',
    state: 'Nothing was put on the account.[ Limit {limitMinor}, owed so far {owedMinor}.]',
    remedy: 'Take a repayment, or ask the manager to raise the limit in the office.',
  },
  NotAllowed: {
    title: 'Your role does not allow this',
    state: 'Nothing was recorded.',
    remedy: 'Call a manager, who can do it under their own name.',
  },
  SignInRefused: {
    title: 'Name or PIN refused',
    state: 'The till stays closed.[ {remaining} {remaining|try is|tries are} left.]',
    remedy: 'Type your PIN again, or ask a manager for a new one.',
  },
  SignInThrottled: {
    title: 'Too many tries for this name',
    state: 'Typing the PIN is suspended.',
    remedy: 'Wait[ {waitMs}], then type your PIN again. Someone else can open the till.',
  },
  NotEnrolled: {
    title: 'This computer is not a till yet',
    state: 'No sale is possible here.',
    remedy: 'Ask the manager for an enrolment code, then run “comptoir enrol”.',
  },
  InvalidRequest: {
    title: 'The request is incomplete[: {what}]',
    state: 'Nothing was done.',
    remedy: 'Start again. If this comes back, pass the message to support.',
  },
  AmountNotANumber: {
    title: 'This is not an amount[: “{text}”]',
    state: 'Nothing was recorded.',
    remedy: 'Type digits, for example 1250.',
  },
  AmountDecimals: {
    title: 'Too many decimals for this currency[: “{text}”]',
    state: 'Nothing was recorded.',
    remedy: '[Decimals in this currency: {exponent}. ]Type the amount again.',
  },
  AmountZero: {
    title: 'The amount is zero',
    state: 'Nothing was recorded.',
    remedy: 'Type the amount of the purchase.',
  },
  AmountTooLarge: {
    title: 'Amount too large for one operation',
    state: 'Nothing was recorded.',
    remedy: 'Check the amount.[ The largest accepted is {maxAmountMinor}.]',
  },
  IntentionReused: {
    title: 'This operation already exists, with other content',
    state: 'The first one is kept. The second changed nothing.',
    remedy: 'Look at the journal, then start a new sale.',
  },
  SaleInProgress: {
    title: 'Another sale is under way on this till',
    state: 'This one did not start.',
    remedy: 'Finish or cancel the first one, then start again.',
  },
  EntryNotFound: {
    title: 'This operation is not in this till’s journal',
    state: 'Nothing was printed or changed.',
    remedy: 'Look for it in the journal, or on the till that made it.',
  },
  AlreadyReversed: {
    title: 'This operation is reversed already[ by ticket {ticketNumber}]',
    state: 'Nothing of it is left to give back.',
    remedy: 'Look at the journal. If the reversal was a mistake, make a new sale.',
  },
  NotReversible: {
    title: 'This entry cannot be reversed',
    state: 'Nothing was changed.',
    remedy: 'Choose a sale or a spending in the journal.',
  },
  NotEnoughPoints: {
    title: 'Not enough points',
    state: 'Nothing was taken.[ Balance: {balance}.][ {missing} are missing.]',
    remedy: 'Offer another gift, or keep the points.',
  },
  GiftUnknown: {
    title: 'This gift is not in the programme[: {gift}]',
    state: 'Nothing was taken.',
    remedy: 'Choose a gift from the list.',
  },
  NoMoneyForPoints: {
    title: 'The programme does not turn points into money',
    state: 'Nothing was taken.[ The minimum is {minimumPoints} points.]',
    remedy: 'Offer a gift, or see the programme with a manager.',
  },
  OfflineCapExceeded: {
    title: 'Too many points to spend without the network',
    state: 'Nothing was taken.[ The cap is {capPoints} points.]',
    remedy: 'Offer fewer points, or try again when the network is back.',
  },
  PinRequired: {
    title: 'This card has a PIN',
    state: 'Nothing was taken.',
    remedy: 'The customer types the PIN, then taps the card again.',
  },
  PinWrong: {
    title: 'The card’s PIN was refused',
    state: 'Nothing was taken.[ {triesLeft} {triesLeft|try|tries} left.]',
    remedy: 'The customer types the PIN again. A manager can give a new one.',
  },
  PinBlocked: {
    title: 'The PIN of this card is blocked',
    state: 'Nothing was taken. The points stay on the card.',
    remedy: 'A manager unblocks the PIN with the customer present.',
  },
  ApprovalRequired: {
    title: 'A manager must approve',
    state: 'Nothing was done.',
    remedy: 'The manager types a PIN, or shows a badge.',
  },
  DayAlreadyOpen: {
    title: 'The day is open already',
    state: 'Its float is on record. Nothing changed.',
    remedy: 'To put cash in or take it out, record a movement.',
  },
  NothingToClose: {
    title: 'Nothing to close since the last Z',
    state: 'No Z was made.',
    remedy: 'The next one can be made after a first operation.',
  },
  CountDiffers: {
    title: 'The drawer does not match[: {differenceMinor} apart]',
    state: 'The day is not closed.[ Expected {expectedMinor}, counted {countedMinor}.]',
    remedy: 'Count again, or give the reason for the difference.',
  },
  NeedsLink: {
    title: 'This operation needs the network',
    state: 'Nothing was done.',
    remedy: 'Try again when the network is back. Sales go on.',
  },
  NoCardInTime: {
    title: 'No card came',
    state: 'Nothing was recorded.',
    remedy: 'Start again, then lay the card on the reader.',
  },
  Cancelled: {
    title: 'Sale cancelled',
    state: 'Nothing was recorded, no card was changed.',
    remedy: 'Type an amount for the next sale.',
  },
  CardNotOurs: {
    title: 'This is not a loyalty card',
    state: 'Nothing was written on it, nothing was added.',
    remedy: 'Ask the customer for their loyalty card.',
  },
  CardOfAnotherNetwork: {
    title: 'This card belongs to another network',
    state: 'Nothing was written on it, nothing was added.',
    remedy: 'Ask the customer for the card of your network.',
  },
  CardNotPrepared: {
    title: 'This card is blank',
    state: 'Nothing was written on it, nothing was added.',
    remedy: 'Take a card prepared by the network.',
  },
  CardNewInShop: {
    title: 'This card is not open in your shop yet',
    state: 'Nothing was added.[ Card {cardNumber}.]',
    remedy: 'Serve the customer without points. The network opens the card for your shop.',
  },
  CardBlocked: {
    title: 'This card is blocked',
    state: 'Nothing was added.[ Card {cardNumber}.]',
    remedy: 'Give it back to the customer. The network can tell them why.',
  },
  CardKeysChanged: {
    title: 'This card no longer answers your shop’s keys',
    state: 'Nothing was written on it, nothing was added.',
    remedy: 'Try once more. If this comes back, the card needs replacing.',
  },
  CardChanged: {
    title: 'Another card took the place of the first',
    state: 'Nothing was written on the second one.[ First card: {cardNumber}.]',
    remedy: 'Tap the first card again.',
  },
  CardRemoved: {
    title: 'Card removed too soon',
    state: 'Nothing was taken or added.',
    remedy: 'Start again, and leave the card until the beep.',
  },
  CardFault: {
    title: 'The card does not answer properly',
    state: 'Nothing was added.',
    remedy: 'Lay it flat on the reader again. If this comes back, the card needs replacing.',
  },
  CardQuarantined: {
    title: 'This card is waiting for a check',
    state: 'Its content and the journal differ. Nothing was added.[ Card {cardNumber}.]',
    remedy: 'Tell a manager, who compares the two.',
  },
  CardFull: {
    title: 'This card is full',
    state: 'It cannot take your shop. Nothing was changed.[ Card {cardNumber}.]',
    remedy: 'Replace it with a new card: the balances follow.',
  },
  CardOfOlderLayout: {
    title: 'This card is of an older model',
    state: 'It cannot check a PIN without the network. Nothing was changed.[ Card {cardNumber}.]',
    remedy: 'Try again with the network, or replace the card.',
  },
  CardOfTraining: {
    title: 'Training card',
    state: 'Nothing was recorded.',
    remedy: 'Training cards work in training mode only, and real ones outside it.',
  },
  CardNotReplaceable: {
    title: 'This card cannot be replaced like this',
    state: 'Nothing was changed.[ Card {cardNumber}.]',
    remedy:
      'Check both numbers: the old card must exist, the new one be active. A card that was replaced stays out of use.',
  },
  CardNumberUnknown: {
    title: 'No card of the network has this number',
    state: 'Nothing was changed.[ Card {cardNumber}.]',
    remedy: 'Read the number printed on the card again.',
  },
  CardNumberInvalid: {
    title: 'This card number is mistyped',
    state: 'Nothing was changed.',
    remedy: 'Type the ten digits printed on the card.',
  },
  CardNumberTaken: {
    title: 'This number belongs to another card',
    state: 'Nothing was changed.[ Number {cardNumber}.]',
    remedy: 'Type the number that is printed on this very card.',
  },
  CardNotBlank: {
    title: 'This card has a number already',
    state: 'Nothing was changed.[ Its number: {cardNumber}.]',
    remedy: 'Issue it without typing a number, or take a blank card.',
  },
  NoCardsInStock: {
    title: 'No card numbers left for your shop',
    state: 'Nothing was changed.',
    remedy: 'Order a lot of cards from the network.',
  },
  CardTorn: {
    title: 'Card removed too soon',
    state: 'The sale is kept.[ Card {cardNumber}.]',
    remedy: 'Tap the same card again. If not, it is put right at its next visit.',
  },
  ReaderUnavailable: {
    title: 'The card reader does not answer',
    state: 'Nothing was recorded.[ Reader: {reader}.]',
    remedy: 'Check that its cable is plugged in. The till takes it back by itself.',
  },
  CardServiceUnavailable: {
    title: 'The card service of this PC has stopped',
    state: 'Nothing was recorded.',
    remedy: 'The till takes it back as soon as it returns. If not, restart this PC.',
  },
  PrinterNotSet: {
    title: 'No printer is set',
    state: 'The ticket stays on screen. The operation is kept.',
    remedy: 'Set one with “comptoir device set printer”.',
  },
  PrinterUnavailable: {
    title: 'The printer cannot be reached',
    state: 'The ticket did not come out. The operation is kept.[ Address: {address}.]',
    remedy: 'Check that it is on and plugged in, then reprint.',
  },
  PrinterSilent: {
    title: 'The printer does not answer',
    state: 'The ticket did not come out. The operation is kept.',
    remedy: 'Turn it off and on, then reprint.',
  },
  PrinterPaperOut: {
    title: 'Printer: out of paper',
    state: 'The ticket did not come out. The operation is kept.',
    remedy: 'Put in a roll, then reprint.',
  },
  PrinterCoverOpen: {
    title: 'Printer: cover open',
    state: 'The ticket did not come out. The operation is kept.',
    remedy: 'Close the cover, then reprint.',
  },
  PrinterFault: {
    title: 'The printer reports a fault',
    state: 'The ticket did not come out. The operation is kept.',
    remedy: 'Turn it off and on, then reprint.',
  },
  PrintUnknown: {
    title: 'The ticket may have come out',
    state: 'The printer did not answer. The operation is kept.',
    remedy: 'Look at the slot. If it is not there, reprint: it says DUPLICATA.',
  },
  DeviceAddressInvalid: {
    title: 'This device address is not understood[: {address}]',
    state: 'The setting from before is kept.',
    remedy: 'Write it like this: serial:/dev/ttyS0?baud=9600, tcp:host:9100, pcsc:NAME or simulated:',
  },
  DeviceProfileUnknown: {
    title: 'This device model is not known[: {profile}]',
    state: 'The setting from before is kept.',
    remedy: 'Choose a model from the list.[ Known: {known}.]',
  },
  RegisterUnavailable: {
    title: 'The link with the cash register is down',
    state: 'No amount can come from it.[ Address: {address}.]',
    remedy: 'Type the amount here. Check the cable between the register and this PC.',
  },
  DiskFull: {
    title: 'The disk of this PC is full',
    state: 'The operation is not recorded, the card is unchanged.',
    remedy: 'Make room, then start again.',
  },
  StoreCorrupt: {
    title: 'The till’s file is damaged[: {file}]',
    state: 'It is left as it is, so that nothing is lost.',
    remedy: 'Keep this folder as it is and call support.',
  },
  StoreTooNew: {
    title: 'This data comes from a newer version[: {file}]',
    state: 'It is left as it is.',
    remedy: 'Install the latest version of Comptoir on this PC.',
  },
  KeysUnreadable: {
    title: 'The keys of this till cannot be read',
    state: 'Nothing was changed.',
    remedy: 'Open Comptoir with the same account of this PC as usual, or call support.',
  },
  DataFolderInUse: {
    title: 'Another Comptoir already uses this data',
    state: 'This one changed nothing.',
    remedy: 'Use the window that is already open, or close the other one first.',
  },
  DataFolderUnusable: {
    title: 'This folder cannot be written[: {folder}]',
    state: 'Nothing was changed[ ({code})].',
    remedy: 'Let your account write there, or name another folder with --data.',
  },
  ProgramDidNotStart: {
    title: 'A part of Comptoir did not start[: {what}]',
    state: 'The data is left as it is.',
    remedy: 'Try again. If it happens again, send the lines above to support.',
  },
  ProgramFault: {
    title: 'The program met an error and wrote it in its log',
    state: 'Nothing was recorded.',
    remedy: 'Try again. If this comes back, call support.',
  },
  ServiceGone: {
    title: 'The Comptoir service went away in the middle',
    state: 'What it had recorded is kept. Whether this operation was is not known.',
    remedy: 'Start it again, then look at “comptoir journal list” before you do it once more.',
  },
  BackupExists: {
    title: 'This file is there already[: {file}]',
    state: 'It is left as it is; no backup was made.',
    remedy: 'Give the backup another name.',
  },
  BackupNotWritten: {
    title: 'The backup cannot be written[: {file}]',
    state: 'Nothing was left in its place[ ({code})].',
    remedy: 'Look whether the folder exists and the stick or disk is plugged in, then try again.',
  },
  BackupNotRead: {
    title: 'The backup cannot be read[: {file}]',
    state: 'The data of this machine has not changed[ ({code})].',
    remedy: 'Check the name of the file, and that the stick or disk is plugged in.',
  },
  BackupUnreadable: {
    title: 'This file is no whole backup[: {file}]',
    state: 'The data of this machine has not changed[ ({why})].',
    remedy: 'Take another backup.',
  },
  BackupOfAnotherTill: {
    title: 'This is the backup of another till, whose keys are not on this machine',
    state:
      'The data of this machine has not changed. The server keeps all that the other till has sent[; {unsent} {unsent|entry was|entries were} not sent yet].',
    remedy: 'Make this machine a new till: ask the office for a code, then `comptoir enrol`.',
  },
  BackupFaulty: {
    title: 'The journal of this backup does not agree[ at entry {entry}]',
    state: 'The data of this machine has not changed.',
    remedy: 'Take another backup, and keep this one for support.',
  },
  JournalFaulty: {
    title: 'The journal does not agree[ at entry {entry}]',
    state: 'No entry is erased or changed.[ {count} {count|difference|differences} in all.]',
    remedy: 'Leave this PC as it is and call support.',
  },
  NotSimulated: {
    title: 'The devices of this till are real',
    state: 'Nothing was simulated.',
    remedy: 'Change over to simulated devices, then start again.',
  },
  CentralUnreachable: {
    title: 'The server does not answer',
    state: 'Nothing is lost: the operations are kept here.',
    remedy: 'Go on selling. Sending resumes by itself.',
  },
  CentralRefused: {
    title: 'The server refuses what is sent[: {why}]',
    state: 'Nothing is lost: the operations are kept here.',
    remedy: 'Go on selling and call support.',
  },
  EnrolmentFailed: {
    title: 'The enrolment did not go through[: {why}]',
    state: 'This PC is still no till. Nothing was changed.',
    remedy: 'Check the server’s address and the line, then try again.',
  },
  AlreadyEnrolled: {
    title: 'This PC is a till already',
    state: 'Nothing changed: its journal stays that of its shop.',
    remedy: 'For another till, use another folder with --data.',
  },
  EnrolmentCodeInvalid: {
    title: 'This enrolment code is not valid',
    state: 'This computer is not a till yet.',
    remedy: 'A code works once and expires: ask the manager for a new one.',
  },
  TerminalRevoked: {
    title: 'The network has withdrawn this till',
    state: 'Its journal is kept. It no longer sells.',
    remedy: 'Call the network.',
  },
  TerminalQuarantined: {
    title: 'The server has set this till aside',
    state: 'Two journals carry the same number. The operations are kept here.',
    remedy: 'Call the network: a person compares the two.',
  },
  SyncTimeout: {
    title: 'Sending is not finished',
    state: '[{unsent} {unsent|operation is|operations are} still to send. ]Nothing is lost.',
    remedy: 'Sending goes on by itself. The “to send” counter says how far it is.',
  },
};
