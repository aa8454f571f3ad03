import type { CardReader } from '#native/cards/transport.ts';

/** Which cards on the reader are a person's tap, and which only lie there. Numbers are the reader's presence numbers. */
export interface Taps {
  /** Up to this one, a tap has been used: the card was read for a sale or to be shown. */
  readonly used: number;
  /** Up to this one, a card lies there that nobody was seen to lay down. */
  readonly lying: number;
  use(presence: number): void;
}

/**
 * A card is a tap when the reader was seen empty before it. One that lies there when the service starts, or when a reader or
 * the PC/SC service comes back, may be the one that was forgotten after the sale before; the reader counts it as new,
 * for it cannot know. It is not charged unasked: it must be lifted once.
 */
export function createTaps(reader: Pick<CardReader, 'state' | 'subscribe'>): Taps {
  let used = 0;
  let lying = 0;
  let seenEmpty = false;
  const look = ({ status, cardPresent, presence }: ReturnType<CardReader['state']>) => {
    if (status !== 'ready') seenEmpty = false;
    else if (!cardPresent) seenEmpty = true;
    else if (!seenEmpty) lying = Math.max(lying, presence);
  };
  look(reader.state());
  reader.subscribe(look);
  return {
    get used() {
      return used;
    },
    get lying() {
      return lying;
    },
    use(presence) {
      used = Math.max(used, presence);
    },
  };
}
