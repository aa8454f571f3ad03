import type { CentralError } from '#contract/central/index.ts';
import type { RelayPurpose } from '#contract/central/till-cards.ts';
import type { CardRecord } from '#contract/loyalty/card-record.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import type { NetworkKeys } from '#native/cards/card-keys.ts';
import { setCardPin, unblockCardPin } from '#native/cards/card-pin.ts';
import type { Desfire } from '#native/cards/desfire.ts';
import type { CardError } from '#native/cards/errors.ts';
import { type Issued, type IssueRefusal, issueCard, joinShop } from '#native/cards/issue-card.ts';
import { readNetworkApplication } from '#native/cards/loyalty-card.ts';
import { serverRefusal } from '#native/cards/server-refusal.ts';
import type { ShopKeys } from '#native/cards/shop-application.ts';

/** What a network of one shop makes cards with. */
export type CardMaking = {
  networkId: number;
  network: NetworkKeys;
  shop: ShopKeys;
  /** The number of a chip that has none yet; the same again for the same chip. @param asked the one printed on the card */
  numberFor(uid: string, asked: string | null): Result<number, CentralError>;
  /** What a card that is new in this shop begins with. */
  firstRecord(cardData: number): CardRecord;
  /** Why the PIN of this card may not be changed by who gives this as the one of now. Null: it may. */
  pinRefusal(cardData: number, pin: string): Promise<CentralError | null>;
};

/** `newest`: the record that stands there now; null of work that leaves the records alone. */
export type CardWorkDone = { cardData: number; changed: boolean; newest: CardRecord | null };
type Answer = Promise<Result<CardWorkDone, CentralError>>;

/** Work on a card by its own drivers, as the server does it, for a network that has one shop and no stock of cards. */
export async function workOn(
  card: Desfire,
  making: CardMaking,
  { uid, purpose }: { uid: string; purpose: RelayPurpose },
): Answer {
  const { networkId, network, shop } = making;
  const chip = { uid: new Uint8Array(Buffer.from(uid, 'hex')), shop };
  const admit = async (cardData: number) => ok(making.firstRecord(cardData));
  switch (purpose.do) {
    case 'issue': {
      const joined = await joinShop<never>(card, { ...chip, network, networkId, admit });
      if (joined.ok || joined.error.type !== 'NotOurs') return made(joined);
      const number = making.numberFor(uid, purpose.cardNumber);
      if (!number.ok) return number;
      const cardData = number.value;
      const [record, firstRecord] = [{ networkId, cardData }, making.firstRecord(cardData)];
      return made(await issueCard(card, { ...chip, network, record, firstRecord, mayPrepare: true }));
    }
    case 'join':
      return made(await joinShop<never>(card, { ...chip, network, networkId, admit }));
    case 'set-pin':
    case 'follow-pin': {
      const { pin } = purpose;
      const newPin = purpose.do === 'set-pin' ? purpose.newPin : pin;
      return ofPin(card, async (cardData) => {
        const refused = pin === null ? null : await making.pinRefusal(cardData, pin);
        return refused ? err(refused) : changed(await setCardPin(card, { ...chip, newPin }));
      });
    }
    // Its network has no other shop.
    case 'settle-elsewhere':
      return ofPin(card, async () => ok({ changed: false }));
    case 'unblock-pin':
      return ofPin(card, async () => changed(await unblockCardPin(card, chip)));
  }
}

const made = (done: Result<Issued, IssueRefusal | CardError>): Result<CardWorkDone, CentralError> =>
  done.ok ? done : err(serverRefusal(done.error));

type Changed = Result<{ changed: boolean }, CentralError>;

const changed = (done: Result<{ changed: boolean }, CardError>): Changed =>
  done.ok ? done : err(serverRefusal(done.error));

async function ofPin(card: Desfire, change: (cardData: number) => Promise<Changed>): Answer {
  const read = await readNetworkApplication(card);
  if (!read.ok) return err(serverRefusal(read.error));
  const { cardData } = read.value;
  const done = await change(cardData);
  return done.ok ? ok({ ...done.value, cardData, newest: null }) : done;
}
