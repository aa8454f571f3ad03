import type { counterErrors as french } from '../fr/errors-counter.ts';

export const counterErrors: typeof french = {
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
  MoreThanOwed: {
    title: 'The amount is more than what is owed',
    state: 'Nothing was taken.[ The card owes {owedMinor}.]',
    remedy: 'Take what is owed, or less.',
  },
  NotAllowed: {
    title: 'Your role does not allow this',
    state: 'Nothing was recorded.',
    remedy: 'Call a manager, who can do it under their own name.',
  },
  SignInRefused: {
    title: 'Name or PIN refused',
    state: 'Nothing was done.[ {remaining} {remaining|try is|tries are} left.]',
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
    // `unlinked` is 1 where the card alone judged it.
    remedy:
      'The customer types the PIN again.[ {unlinked|If it was changed on the customer’s page, it works here once the till has a link.|}] A manager can give a new one.',
  },
  PinBlocked: {
    title: 'The PIN of this card is blocked',
    state: 'Nothing was taken. The points stay on the card.',
    remedy:
      'A manager unblocks the PIN with the customer present.[ {unlinked|If it was changed on the customer’s page, it works here once the till has a link.|}]',
  },
  PinBehind: {
    title: 'The card does not know its PIN yet',
    state: 'Nothing was taken. The customer changed it on their page, or a change here did not go through.',
    remedy: 'Try again once the till has a link: the card takes it over then.',
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
};
