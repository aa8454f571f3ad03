import type { Selectable } from 'kysely';
import type { Tenants } from '#backend/db/tables.ts';
import type { TenantTransaction } from '#backend/db/tenancy.ts';
import { networkCardKeys, shopCardKeys } from '#backend/loyalty/card-keys.ts';
import type { Seal } from '#backend/pki/sealing.ts';
import { cardSecretPurpose } from '#backend/terminals/enrol.ts';
import type { NetworkKeys, ShopMasterKeys } from '#native/cards/card-keys.ts';
import { shopApplication } from '#native/cards/layout.ts';

/** The keys that card work of one shop needs. They are made for one step and kept nowhere. */
export type CardSecrets = {
  networkId: number;
  mayPrepare: boolean;
  network: NetworkKeys;
  shop: ShopSecrets;
  /** Of another shop of the network, for what it has still to write. */
  ofShop(number: number): ShopSecrets;
};
type ShopSecrets = { aid: number; masterKeys: ShopMasterKeys };

/** Opens a network's card secret for one of its shops; the transaction must see the network. */
export async function cardSecretsOf(
  trx: TenantTransaction,
  seal: Seal,
  shop: Selectable<Tenants>,
): Promise<CardSecrets> {
  const { network_id: networkId, number } = shop;
  const row = await trx
    .selectFrom('networks')
    .select(['card_secret', 'may_prepare'])
    .where('network_id', '=', networkId)
    .executeTakeFirstOrThrow();
  const secret = seal.open(cardSecretPurpose(networkId), row.card_secret);
  const network = networkCardKeys(secret);
  const ofShop = (shopNumber: number): ShopSecrets => ({
    aid: shopApplication(shopNumber),
    masterKeys: shopCardKeys(secret, shopNumber).map(bytes) as ShopMasterKeys4,
  });
  return {
    networkId,
    mayPrepare: row.may_prepare,
    network: {
      piccMasterKey: bytes(network.piccMasterKey),
      defaultMasterKey: bytes(network.defaultMasterKey),
      networkMasterKey: bytes(network.networkMasterKey),
    },
    shop: ofShop(number),
    ofShop,
  };
}

type ShopMasterKeys4 = [Uint8Array, Uint8Array, Uint8Array, Uint8Array];
const bytes = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'));
