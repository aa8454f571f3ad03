import { randomBytes as systemRandom } from 'node:crypto';
import { Enrolment } from '#contract/central/index.ts';
import type { CardRecord } from '#contract/loyalty/card-record.ts';
import type { Programme } from '#contract/loyalty/programme.ts';
import { recordAfter } from '#contract/loyalty/torn-writes.ts';
import type { ShopMasterKeys } from '#native/cards/card-keys.ts';
import { setCardPin } from '#native/cards/card-pin.ts';
import { Desfire } from '#native/cards/desfire.ts';
import { createShopApplication } from '#native/cards/issue-card.ts';
import { shopApplication } from '#native/cards/layout.ts';
import { openShopApplication, type ShopSession } from '#native/cards/loyalty-card.ts';
import { makeLoyaltyCard, transportTo } from '#native/simulators/card-maker.ts';
import { VirtualDesfire } from '#native/simulators/desfire/virtual-desfire.ts';
import type { ShopAtTill } from '#service/loyalty/parts.ts';

const randomBytes = (length: number): Uint8Array => new Uint8Array(systemRandom(length));
const master = (fill: number): Uint8Array => new Uint8Array(16).fill(fill);

export const networkKeys = { piccMasterKey: master(1), defaultMasterKey: master(2), networkMasterKey: master(3) };
export const shopKeys: ShopMasterKeys = [master(0xa0), master(0xa1), master(0xa2), master(0xa3)];
export const networkId = 7;

const programme: Programme = {
  id: 'port',
  version: 3,
  name: 'Fidélité du Port',
  currency: 'XOF',
  earn: { points: 1, perAmountMinor: 100 },
  gifts: [
    { id: 'baguette', name: { fr: 'Une baguette', en: 'A baguette' }, points: 50 },
    { id: 'gateau', name: { fr: 'Un gâteau', en: 'A cake' }, points: 1500 },
  ],
  money: { points: 100, amountMinor: 500 },
};

/** What a server would have answered to this till. */
export const testEnrolment: Enrolment = Enrolment.parse({
  terminal: '019f0000-0000-7000-8000-000000000001',
  tenant: '019f0000-0000-7000-8000-00000000000a',
  roles: ['loyalty'],
  label: 'Caisse 2',
  ticketPrefix: '2',
  shop: {
    id: '019f0000-0000-7000-8000-0000000000aa',
    number: 1,
    name: 'Boulangerie du Port',
    address: '1 rue du Quai',
  },
  network: { id: networkId, name: 'Totara' },
  currency: 'XOF',
  ticketLanguage: 'fr',
  cardKeys: {
    readWrite: Buffer.from(shopKeys[1]).toString('hex'),
    spend: Buffer.from(shopKeys[2]).toString('hex'),
    read: Buffer.from(shopKeys[3]).toString('hex'),
  },
  serverPublicKey: '',
  offlineAllowanceMs: 7 * 24 * 3_600_000,
});

export const shopAtCounter: ShopAtTill = {
  name: testEnrolment.shop.name,
  address: testEnrolment.shop.address,
  till: testEnrolment.label,
  ticketPrefix: testEnrolment.ticketPrefix,
  currency: 'XOF',
  ticketLanguage: 'fr',
  programme,
  onCard: { aid: shopApplication(1), networkId, readWriteMasterKey: shopKeys[1], spendMasterKey: shopKeys[2] },
};

/** The card number of each customer, from its data digits. */
export const cardData = { awa: 4_172_093, kofi: 4_175_540 } as const;
export const startBalance = 1215;

const firstRecord = (data: number): CardRecord => ({
  operation: 'earn',
  counter: 12,
  balancePoints: startBalance,
  deltaPoints: 86,
  totalSpendMinor: 121_500,
  timeSeconds: 1_795_000_000,
  cardData: data,
  intentionTag: '8000000000000001',
});

const images = new Map<string, unknown>();

/** A copy of the card that `make` makes once: making one takes thirty commands. */
async function cardLike(name: string, make: () => Promise<VirtualDesfire>): Promise<VirtualDesfire> {
  const image = images.get(name) ?? (await make()).toJSON();
  images.set(name, image);
  return VirtualDesfire.fromJSON(image, randomBytes);
}

export const uidOf = (data: number): Uint8Array =>
  Uint8Array.of(4, 0, 0, (data >> 24) & 255, (data >> 16) & 255, (data >> 8) & 255, data & 255);

type Changes = { record?: Partial<CardRecord>; keys?: ShopMasterKeys; networkId?: number; shopNumber?: number };

/** A returning customer's card of the shop, unless `changes` make it another's. */
export function shopCard(data: number = cardData.awa, changes: Changes = {}): Promise<VirtualDesfire> {
  return cardLike(
    `shop ${data} ${JSON.stringify(changes, (_, value) => (value instanceof Uint8Array ? [...value] : value))}`,
    () =>
      makeLoyaltyCard({
        uid: uidOf(data),
        randomBytes,
        network: networkKeys,
        record: { networkId: changes.networkId ?? networkId, cardData: data },
        shops: [
          {
            aid: shopApplication(changes.shopNumber ?? 1),
            masterKeys: changes.keys ?? shopKeys,
            firstRecord: { ...firstRecord(data), ...changes.record },
          },
        ],
      }),
  );
}

/** A card of the network on which no shop has an application. */
export const newcomersCard = (data: number = cardData.kofi): Promise<VirtualDesfire> =>
  cardLike(`newcomer ${data}`, () =>
    makeLoyaltyCard({
      uid: uidOf(data),
      randomBytes,
      network: networkKeys,
      record: { networkId, cardData: data },
      shops: [],
    }),
  );

export const blankCard = (): VirtualDesfire => new VirtualDesfire({ uid: uidOf(1), randomBytes });

async function opened(card: VirtualDesfire): Promise<ShopSession> {
  card.powerOn();
  const { aid, networkId: ours, readWriteMasterKey } = shopAtCounter.onCard;
  const session = await openShopApplication(new Desfire(transportTo(card), randomBytes), {
    uid: card.uid,
    networkId: ours,
    shop: { aid, readWriteMasterKey },
  });
  if (!session.ok) throw new Error(JSON.stringify(session.error));
  return session.value;
}

/** What stands on the card, newest first, read off a copy: the card itself may lie on a reader. */
export async function historyOf(card: VirtualDesfire): Promise<CardRecord[]> {
  const session = await opened(VirtualDesfire.fromJSON(card.toJSON(), randomBytes));
  const history = await session.readHistory();
  if (!history.ok) throw new Error(JSON.stringify(history.error));
  return history.value;
}

export const newestOn = async (card: VirtualDesfire): Promise<CardRecord> => (await historyOf(card))[0]!;

/** Another till of the same shop sells to the card's owner. The card lies on no reader of ours. */
export async function sellElsewhere(
  card: VirtualDesfire,
  earning: { intention: string; points: number; amountMinor: number; wallMs: number },
): Promise<void> {
  const session = await opened(card);
  const last = await session.readLast();
  if (!last.ok || !last.value) throw new Error('the other till cannot read the card');
  const { amountMinor: spendMinor, ...write } = earning;
  await session.write(recordAfter(last.value, { operation: 'earn', spendMinor, ...write }));
  const committed = await session.commit();
  if (!committed.ok) throw new Error(committed.error.type);
  card.powerOff();
}

/** Gives a card a PIN, as the server does through a till. */
export async function giveCardPin(card: VirtualDesfire, newPin: string | null): Promise<void> {
  card.powerOn();
  const shop = { aid: shopAtCounter.onCard.aid, masterKeys: shopKeys };
  const set = await setCardPin(new Desfire(transportTo(card), randomBytes), { uid: card.uid, shop, newPin });
  if (!set.ok) throw new Error(set.error.type);
  card.powerOff();
}

/** A card on which this shop's issue was pulled at the `exchange`th command. */
export async function tornIssuance(exchange: number): Promise<VirtualDesfire> {
  const card = await newcomersCard();
  card.powerOn();
  card.tearAt(exchange);
  await createShopApplication(new Desfire(transportTo(card), randomBytes), {
    uid: card.uid,
    network: networkKeys,
    shop: { aid: shopApplication(1), masterKeys: shopKeys },
    firstRecord: firstRecord(cardData.kofi),
  });
  card.powerOff();
  return card;
}
