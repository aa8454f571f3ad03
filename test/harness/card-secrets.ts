import type { DemoSeed } from '#backend/demo/seed.ts';
import { cardKey, defaultKey, piccKey, sealKey, spendKey } from '#native/cards/card-keys.ts';
import { NETWORK_APPLICATION, shopApplication } from '#native/cards/layout.ts';

const bytes = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'));
const hex = (key: Uint8Array) => Buffer.from(key).toString('hex');

/** Every key by which a card of the network can be opened, hex: the master keys, and what they make for this card. */
export function cardSecretsIn(
  cards: DemoSeed['cards'],
  uid: Uint8Array,
  pins: string[],
): { name: string; key: string }[] {
  const network = {
    piccMasterKey: bytes(cards.network.piccMasterKey),
    defaultMasterKey: bytes(cards.network.defaultMasterKey),
    networkMasterKey: bytes(cards.network.networkMasterKey),
  };
  const ofShops = cards.shops.flatMap(({ number, keys }) => {
    const aid = shopApplication(number);
    const [master, , spend] = keys.map(bytes) as [Uint8Array, Uint8Array, Uint8Array];
    return [
      ...keys.map((key, at) => ({ name: `shop ${number} master ${at}`, key })),
      ...keys.map((key, at) => ({ name: `shop ${number} key ${at}`, key: hex(cardKey(bytes(key), uid, aid, at)) })),
      ...pins.map((pin) => ({ name: `shop ${number} spending`, key: hex(spendKey(spend, uid, aid, pin)) })),
      { name: `shop ${number} seal`, key: hex(sealKey(master, uid, aid)) },
    ];
  });
  return [
    ...Object.entries(cards.network).map(([name, key]) => ({ name, key })),
    { name: 'PICC', key: hex(piccKey(network, uid)) },
    { name: 'default', key: hex(defaultKey(network, uid)) },
    { name: 'network application', key: hex(cardKey(network.networkMasterKey, uid, NETWORK_APPLICATION, 0)) },
    ...ofShops,
  ];
}
