import { cardNumberOf } from '#contract/loyalty/card-number.ts';
import type { CardRecord } from '#contract/loyalty/card-record.ts';
import type { DemoSetup } from '#contract/till/demo-setup.ts';
import type { NetworkKeys, ShopMasterKeys } from '#native/cards/card-keys.ts';
import { shopApplication } from '#native/cards/layout.ts';
import type { ShopKeys } from '#native/cards/shop-application.ts';
import { makeLoyaltyCard } from '#native/simulators/card-maker.ts';
import { VirtualDesfire } from '#native/simulators/desfire/virtual-desfire.ts';

/** The eight data digits of the demonstration's cards. The blocked one is on the network's list from the start. */
const cardData = {
  returning: 4_172_093,
  newcomer: 4_175_540,
  blocked: 4_170_931,
  elsewhere: 8_800_417,
  prepersonalised: 4_176_004,
} as const;

type Random = (length: number) => Uint8Array;
type TrayCard = {
  slot: number;
  label: { fr: string; en: string };
  /** Null: it has none yet. */
  cardNumber: string | null;
  /** A card of another network, whose number says nothing here. */
  isForeign?: true;
  make: (setup: DemoSetup, random: Random, nowMs: number) => Promise<VirtualDesfire>;
};

/** The tray of a demonstration (CLI.md): what each simulated card is, and how it is made. Slot 6 is kept for the seller's card. */
export const trayCards: readonly TrayCard[] = [
  {
    slot: 1,
    label: { fr: 'Cliente fidèle de la boutique', en: 'Returning customer of the shop' },
    cardNumber: cardNumberOf(cardData.returning),
    make: (setup, random, nowMs) =>
      shopCard(setup, random, 1, {
        operation: 'earn',
        counter: 12,
        balancePoints: 1_215,
        deltaPoints: 86,
        totalSpendMinor: 121_500,
        timeSeconds: Math.floor(nowMs / 1000) - 4 * 86_400,
        cardData: cardData.returning,
        intentionTag: '8000000000000001',
      }),
  },
  {
    slot: 2,
    label: { fr: 'Nouvelle cliente du réseau', en: 'New customer of the network' },
    cardNumber: cardNumberOf(cardData.newcomer),
    make: (setup, random) => networkCard(setup, random, 2, cardData.newcomer),
  },
  {
    slot: 3,
    label: { fr: 'Carte vierge', en: 'Blank card' },
    cardNumber: null,
    make: async (_setup, random) => new VirtualDesfire({ uid: uid(3), randomBytes: random }),
  },
  {
    slot: 4,
    label: { fr: 'Carte bloquée', en: 'Blocked card' },
    cardNumber: cardNumberOf(cardData.blocked),
    make: (setup, random, nowMs) =>
      shopCard(setup, random, 4, {
        operation: 'earn',
        counter: 3,
        balancePoints: 257,
        deltaPoints: 45,
        totalSpendMinor: 25_700,
        timeSeconds: Math.floor(nowMs / 1000) - 20 * 86_400,
        cardData: cardData.blocked,
        intentionTag: '8000000000000004',
      }),
  },
  {
    slot: 5,
    label: { fr: 'Carte d’un autre réseau', en: 'Card of another network' },
    cardNumber: cardNumberOf(cardData.elsewhere),
    isForeign: true,
    make: (setup, random) => {
      const network = { piccMasterKey: random(16), defaultMasterKey: random(16), networkMasterKey: random(16) };
      const record = { networkId: setup.cards.networkId + 1, cardData: cardData.elsewhere };
      return makeLoyaltyCard({ uid: uid(5), randomBytes: random, network, record, shops: [] });
    },
  },
  {
    slot: 7,
    label: { fr: 'Carte pré-personnalisée', en: 'Pre-personalised card' },
    cardNumber: cardNumberOf(cardData.prepersonalised),
    make: (setup, random, nowMs) =>
      shopCard(setup, random, 7, {
        operation: 'issue',
        counter: 0,
        balancePoints: 0,
        deltaPoints: 0,
        totalSpendMinor: 0,
        timeSeconds: Math.floor(nowMs / 1000) - 30 * 86_400,
        cardData: cardData.prepersonalised,
        intentionTag: '8000000000000007',
      }),
  },
];

/** Issuing is practised again and again: a blank that has become a card is blank anew at the next start. */
const practiceBlanks: readonly TrayCard[] = [3, 8].map((slot, index) => ({
  slot,
  label: { fr: `Carte vierge ${index + 1}`, en: `Blank card ${index + 1}` },
  cardNumber: null,
  make: async (_setup, random) => new VirtualDesfire({ uid: Uint8Array.of(0x04, ...random(6)), randomBytes: random }),
}));

/** The cards of a tray, by slot. */
export const trayOf = ({ freshBlanks }: Pick<DemoSetup, 'freshBlanks'>): readonly TrayCard[] =>
  freshBlanks
    ? [...trayCards.filter(({ slot }) => slot !== 3), ...practiceBlanks].sort((a, b) => a.slot - b.slot)
    : trayCards;

/** The number of the card that is blocked from the start. */
export const blockedTrayCard = cardNumberOf(cardData.blocked);

/** A UID as NXP gives them: 04 and six more bytes, another one for each slot. */
const uid = (slot: number): Uint8Array => Uint8Array.of(0x04, 0x43, 0x50, 0x54, 0x52, 0x00, slot);

const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));

/** The keys that the tray's cards were made with: the network's own. */
export function networkOfTray({ cards: { network } }: DemoSetup): NetworkKeys {
  return {
    piccMasterKey: bytes(network.piccMasterKey),
    defaultMasterKey: bytes(network.defaultMasterKey),
    networkMasterKey: bytes(network.networkMasterKey),
  };
}

function networkCard(setup: DemoSetup, random: Random, slot: number, data: number): Promise<VirtualDesfire> {
  const record = { networkId: setup.cards.networkId, cardData: data };
  return makeLoyaltyCard({ uid: uid(slot), randomBytes: random, network: networkOfTray(setup), record, shops: [] });
}

/** The same of its shop. */
export function shopOfTray({ cards: { shop } }: DemoSetup): ShopKeys {
  const masterKeys = shop.keys.map(bytes) as unknown as ShopMasterKeys;
  return { aid: shopApplication(shop.number), masterKeys };
}

function shopCard(setup: DemoSetup, random: Random, slot: number, firstRecord: CardRecord): Promise<VirtualDesfire> {
  return makeLoyaltyCard({
    uid: uid(slot),
    randomBytes: random,
    network: networkOfTray(setup),
    record: { networkId: setup.cards.networkId, cardData: firstRecord.cardData },
    shops: [{ ...shopOfTray(setup), firstRecord }],
  });
}
