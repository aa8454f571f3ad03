import type { ReaderState } from '../cards/transport.ts';

/** SCARD_STATE_ bits of PC/SC part 5; the upper half counts the reader's events where the platform counts them. */
export const StateBits = { changed: 0x02, unknown: 0x04, unavailable: 0x08, present: 0x20, mute: 0x200 } as const;

/** What the watch last saw: a reader with its bits, no reader, or no service. */
export type Sighting =
  | { kind: 'reader'; name: string; event: number }
  | { kind: 'absent'; detail: string }
  | { kind: 'service-down'; detail: string };

/** The state others see, and the event bits it was made of (0: none yet). */
export type Seen = { state: ReaderState; event: number };

export const nothingSeen: Seen = {
  state: { status: 'absent', name: '', cardPresent: false, presence: 0, detail: 'NotLookedYet' },
  event: 0,
};

/**
 * The next state. `presence` grows when a card appears, and when the event counter shows that one left and another came
 * between two looks. After a reader or the service came back, a card that lies there counts as laid down anew: nobody can
 * tell whether it is the same. A mute card (in the field but not answering) is not there yet.
 */
export function look(before: Seen, sighting: Sighting): Seen {
  const { presence } = before.state;
  if (sighting.kind !== 'reader') {
    const state = { status: sighting.kind, name: '', cardPresent: false, presence, detail: sighting.detail } as const;
    return { state, event: 0 };
  }
  const { name, event } = sighting;
  const mute = (event & StateBits.mute) !== 0;
  const cardPresent = (event & StateBits.present) !== 0 && !mute;
  const lainThere = before.state.cardPresent && before.state.name === name && !swapped(before.event, event);
  const laidDown = cardPresent && !lainThere;
  const detail = mute ? 'CardMute' : '';
  return { state: { status: 'ready', name, cardPresent, presence: presence + (laidDown ? 1 : 0), detail }, event };
}

/** The card broke off an exchange, though the system may not have noticed yet. */
export function cardLost(before: Seen): Seen {
  return { ...before, state: { ...before.state, cardPresent: false, detail: 'CardLost' } };
}

export function sameState(a: ReaderState, b: ReaderState): boolean {
  return (
    a.status === b.status &&
    a.name === b.name &&
    a.cardPresent === b.cardPresent &&
    a.presence === b.presence &&
    a.detail === b.detail
  );
}

export function eventCount(event: number): number {
  return event >>> 16;
}

/** One removal and one insertion at least: the counter went on by two or more (it wraps at 16 bits). */
function swapped(before: number, after: number): boolean {
  return ((eventCount(after) - eventCount(before)) & 0xffff) >= 2;
}
