import { expect, it } from 'vitest';
import type { CardRecord } from '#contract/loyalty/card-record.ts';
import { ok } from '#contract/result/index.ts';
import { fromHex, hex } from './bytes.ts';
import { Desfire } from './desfire.ts';
import { shopApplication } from './layout.ts';
import { openShopApplication, readUid } from './loyalty-card.ts';

/** The worked example of native/README.md: a returning customer's sale, byte for byte. */
const TRACE = [
  ['ffca000000', '04a1b2c3d4e5f6 9000'],
  ['905a000003 0100f5 00', '9100'],
  ['90aa000001 01 00', 'd4203764bb0df9f58ca42d6721c5f3d5 91af'],
  [
    '90af000020 7c7aaa98eb88221c6cddbfaf7414cc26 7b8f9feadf5105a3bc61f02200aa410d 00',
    'a48f47fd22ce3b13a763f2658a641b27 9100',
  ],
  [
    '90bb000007 01 000000 010000 00',
    '10 290000 2d050000 000000 0487011f01 00b95569 3da93f00 0000000000000001 75ab7cad30299166 9100',
  ],
  [
    '903b00002f 01 000000 200000 11 2a0000 39050000 0c0000 e68b011f01 00b95569 3da93f00 b1e55ed0c0ffee42 b301899a0ebf9a7a 00',
    'bcb44912c6a4b2e2 9100',
  ],
  ['90c7000000', '1867e5fe86cb4cdd 9100'],
] as const;

const earned: CardRecord = {
  operation: 'earn',
  counter: 42,
  balancePoints: 1337,
  deltaPoints: 12,
  totalSpendMinor: 4_815_162_342,
  timeSeconds: 1_767_225_600,
  cardData: 4_172_093,
  intentionTag: 'b1e55ed0c0ffee42',
};

it('[T6] [T26] says on the air exactly what the README shows', async () => {
  const sent: string[] = [];
  const replay = {
    atr: fromHex('3b8180018080'),
    transmit: async (command: Uint8Array) => {
      sent.push(hex(command));
      return ok(fromHex(TRACE[sent.length - 1]![1]));
    },
  };
  const driver = new Desfire(replay, (length) => Uint8Array.from({ length }, (_, index) => 0xf0 + index));
  const uid = await readUid(driver);
  const shop = { aid: shopApplication(1), readWriteMasterKey: new Uint8Array(16).fill(11) };
  const session = await openShopApplication(driver, { uid: fromHex('04a1b2c3d4e5f6'), networkId: 7, shop });
  if (!uid.ok || !session.ok) throw new Error('not opened');
  expect(await session.value.readLast()).toMatchObject({ ok: true, value: { counter: 41, balancePoints: 1325 } });
  expect(await session.value.write(earned)).toMatchObject({ ok: true });
  expect(await session.value.commit()).toMatchObject({ ok: true });
  expect(sent).toEqual(TRACE.map(([command]) => hex(fromHex(command))));
  expect(driver.exchanges).toBe(6);
});
