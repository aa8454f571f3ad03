export const shortestCardholderPin = 4;
export const longestCardholderPin = 8;

/** A cardholder's PIN as a card's key can be made with it: four to eight digits. */
export const cardholderPinForm = new RegExp(`^\\d{${shortestCardholderPin},${longestCardholderPin}}$`);
export const isCardholderPin = (text: string): boolean => cardholderPinForm.test(text);
