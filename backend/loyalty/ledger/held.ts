/** What a shop's ledger holds of one card at most, either way: no card's own figures come near, and two of it add up exactly. */
export const mostHeld = 2 ** 50;
