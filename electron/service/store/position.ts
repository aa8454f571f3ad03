/** Room for 2^40 entries in an epoch and 8191 epochs below 2^53, where integers stay exact. */
const entriesPerEpoch = 2 ** 40;

/** The journal's key: orders by epoch, then by seq. */
export const positionOf = (at: { epoch: number; seq: number }): number => at.epoch * entriesPerEpoch + at.seq;

export const placeOf = (position: number): { epoch: number; seq: number } => ({
  epoch: Math.floor(position / entriesPerEpoch),
  seq: position % entriesPerEpoch,
});
