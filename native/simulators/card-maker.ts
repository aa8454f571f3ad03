import type { CardRecord } from '#contract/loyalty/card-record.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import type { NetworkKeys, ShopMasterKeys } from '#native/cards/card-keys.ts';
import { Desfire } from '#native/cards/desfire.ts';
import { createNetworkApplication, createShopApplication, prepareBlank } from '#native/cards/issue-card.ts';
import type { NetworkRecord } from '#native/cards/network-record.ts';
import type { CardTransport } from '#native/cards/transport.ts';
import { contactless } from './contactless.ts';
import { VirtualDesfire } from './desfire/virtual-desfire.ts';

/** A powered virtual card as a contactless reader hands it over: Get UID is answered beside the card. */
export const transportTo = (card: VirtualDesfire): CardTransport => ({
  atr: card.atr,
  transmit: async (command) => {
    const answer = contactless(card).process(command);
    return answer ? ok(answer) : err({ type: 'CardRemoved' });
  },
});

export type CardWanted = {
  uid: Uint8Array;
  randomBytes: (length: number) => Uint8Array;
  network: NetworkKeys;
  record: NetworkRecord;
  shops: readonly { aid: number; masterKeys: ShopMasterKeys; firstRecord: CardRecord }[];
};

const must = <T>(result: Result<T, unknown>): T => {
  if (result.ok) return result.value;
  throw new Error(`a virtual card could not be made: ${JSON.stringify(result.error)}`);
};

/** A card of a network, with the applications of the shops it is known in: what lies in a demonstration's tray. Switched off. */
export async function makeLoyaltyCard(wanted: CardWanted): Promise<VirtualDesfire> {
  const { uid, network, randomBytes } = wanted;
  const card = new VirtualDesfire({ uid, randomBytes });
  card.powerOn();
  const driver = new Desfire(transportTo(card), randomBytes);
  must(await prepareBlank(driver, uid, network));
  must(await createNetworkApplication(driver, { uid, network, record: wanted.record }));
  for (const { aid, masterKeys, firstRecord } of wanted.shops) {
    must(await createShopApplication(driver, { uid, network, shop: { aid, masterKeys }, firstRecord }));
  }
  card.powerOff();
  return card;
}
