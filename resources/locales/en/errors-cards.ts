import type { cardsErrors as french } from '../fr/errors-cards.ts';

export const cardsErrors: typeof french = {
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
  CardReplaced: {
    title: 'This card is replaced[ by {byCardNumber}]',
    state: 'Nothing was taken or added.[ Card {cardNumber}.] All that it held is on the new one.',
    remedy: 'Serve the customer with the new card[, {byCardNumber}].',
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
};
