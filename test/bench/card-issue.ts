import { setCardPin } from '#native/cards/card-pin.ts';
import { openShopApplication } from '#native/cards/loyalty-card.ts';
import { opening, sampleCard, shop, spent, tap, UID } from '#native/simulators/sample-network.ts';
import { measureIssue } from './issue-exchange.ts';
import { type Bench, row } from './row.ts';

/** Select nothing first: a card that has just been powered stands at its own level. */
const issueFloor = 27;
/** Select, prove both sides, read; a try and its commit; prove both sides with the PIN; write, the tries back, commit. */
const spendFloor = 11;
const pin = '4711';

/** What making a card and spending under its PIN ask of the card, and of the host beside it. */
export const cardIssue: Bench = {
  ids: ['issue-exchanges', 'issue-host-share', 'spend-offline-exchanges'],
  async rows() {
    const { oursMs, bareMs, rounds, exchanges } = await measureIssue();
    return [
      row({
        id: 'issue-exchanges',
        value: exchanges,
        unit: 'exchanges',
        reference: issueFloor,
        goal: { ratioAtMost: 1.1 },
        note: 'a factory-fresh card becomes a working card of a shop; reference: the fewest that DESFire EV1 needs for the same keys and files',
      }),
      row({
        id: 'issue-host-share',
        value: oursMs,
        unit: 'ms',
        reference: bareMs,
        goal: { ratioAtMost: 1.3 },
        note: `median of ${rounds} issues by our driver over native/pcsc, to a card that takes no time of its own; reference: a bare koffi loop sending the same APDUs, in turns. The server and the line to it are not in it`,
      }),
      row({
        id: 'spend-offline-exchanges',
        value: await exchangesOfSpending(),
        unit: 'exchanges',
        reference: spendFloor,
        goal: { ratioAtMost: 1 },
        note: 'points spent under a PIN that the card itself judges; reference: the fewest that keep mutual authentication, the try counted first, and one commit for record and tries',
      }),
    ];
  },
};

async function exchangesOfSpending(): Promise<number> {
  const card = await sampleCard(true);
  await setCardPin(tap(card), { uid: UID, shop, newPin: pin });
  const session = await openShopApplication(tap(card), opening);
  if (!session.ok) throw new Error(session.error.type);
  await session.value.readLast();
  const proved = await session.value.provePin(pin);
  const written = proved.ok ? await session.value.write(spent) : proved;
  const committed = written.ok ? await session.value.commit() : written;
  if (!committed.ok) throw new Error(committed.error.type);
  return session.value.exchanges;
}
