export const shortestCardholderPin = 4;
export const longestCardholderPin = 8;

/** A cardholder's PIN as a card's key can be made with it: four to eight digits. */
export const cardholderPinForm = /^\d{4,8}$/;
export const isCardholderPin = (text: string): boolean => cardholderPinForm.test(text);
