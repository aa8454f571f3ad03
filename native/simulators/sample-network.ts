import type { CardRecord } from '#contract/loyalty/card-record.ts';
import { err, ok } from '#contract/result/index.ts';
import { fromHex } from '#native/cards/bytes.ts';
import { Desfire } from '#native/cards/desfire.ts';
import { shopApplication } from '#native/cards/layout.ts';
import type { CardTransport } from '#native/cards/transport.ts';
import { makeLoyaltyCard, transportTo } from './card-maker.ts';
import { VirtualDesfire } from './desfire/virtual-desfire.ts';
import { predictableBytes } from './predictable-bytes.ts';

/* A network with one shop and its cards, for tests: keys that are no secret, and the same bytes in every run. */

export const UID = fromHex('04A1B2C3D4E5F6');
const master = (fill: number) => new Uint8Array(16).fill(fill);
export const network = { piccMasterKey: master(1), defaultMasterKey: master(2), networkMasterKey: master(3) };
export const masterKeys = [master(10), master(11), master(12), master(13)] as const;
export const record = { networkId: 7, cardData: 4_172_093 };
export const shop = { aid: shopApplication(1), masterKeys };
/** What a till of the shop has of it. */
export const tillShop = { aid: shop.aid, readWriteMasterKey: masterKeys[1], spendMasterKey: masterKeys[2] };
export const opening = { uid: UID, networkId: record.networkId, shop: tillShop };

export const firstRecord: CardRecord = {
  operation: 'issue',
  counter: 0,
  balancePoints: 40,
  deltaPoints: 40,
  totalSpendMinor: 0,
  timeSeconds: 1_767_225_600,
  cardData: record.cardData,
  intentionTag: '0000000000000001',
};
export const spent: CardRecord = {
  ...firstRecord,
  operation: 'spend',
  counter: 1,
  balancePoints: 30,
  deltaPoints: -10,
  intentionTag: 'b1e55ed0c0ffee42',
};

export const blank = (): VirtualDesfire => new VirtualDesfire({ uid: UID, randomBytes: predictableBytes() });
export const copyOf = (card: VirtualDesfire): VirtualDesfire =>
  VirtualDesfire.fromJSON(card.toJSON(), predictableBytes());

/** A card of the network; `inShop`: with the shop's application on it. */
export const sampleCard = (inShop: boolean): Promise<VirtualDesfire> =>
  makeLoyaltyCard({
    uid: UID,
    randomBytes: predictableBytes(),
    network,
    record,
    shops: inShop ? [{ ...shop, firstRecord }] : [],
  });

/** Lays the card on a contactless reader. */
export const tap = (card: VirtualDesfire): Desfire => {
  card.powerOn();
  return new Desfire(transportTo(card), predictableBytes());
};

/** Puts the card into a contact reader, which passes every command on and answers none itself. */
export const insert = (card: VirtualDesfire): Desfire => {
  card.powerOn();
  const transport: CardTransport = {
    atr: card.atr,
    transmit: async (command) => {
      const answer = card.process(command);
      return answer ? ok(answer) : err({ type: 'CardRemoved' });
    },
  };
  return new Desfire(transport, predictableBytes());
};
