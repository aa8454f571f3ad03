import { hkdfSync } from 'node:crypto';

/** Master keys of a network's cards, hex. They stay with the server and the network's desk. */
export type NetworkCardKeys = { piccMasterKey: string; defaultMasterKey: string; networkMasterKey: string };

/** Numbers of a shop application's keys, as the card driver lays them out. */
const shopKeyNumbers = [0, 1, 2, 3] as const;

const derive = (secret: Uint8Array, info: string): string =>
  Buffer.from(hkdfSync('sha256', secret, '', `comptoir card key ${info}`, 16)).toString('hex');

/** All keys of a network come from one secret (HKDF, RFC 5869); per card they are diversified once more (AN10922). */
export const networkCardKeys = (secret: Uint8Array): NetworkCardKeys => ({
  piccMasterKey: derive(secret, 'picc'),
  defaultMasterKey: derive(secret, 'default'),
  networkMasterKey: derive(secret, 'network'),
});

/** The four master keys of one shop's application, in the order of their key numbers. A till gets 1, 2 and 3. */
export const shopCardKeys = (secret: Uint8Array, shopNumber: number): [string, string, string, string] =>
  shopKeyNumbers.map((key) => derive(secret, `shop ${shopNumber} key ${key}`)) as [string, string, string, string];
