import { describe, expect, it } from 'vitest';
import { fromHex, hex, zeros } from '#native/cards/bytes.ts';
import { Desfire } from '#native/cards/desfire.ts';
import { changeOtherKey } from '#native/cards/keys.ts';
import { transportTo } from '../card-maker.ts';
import { sendNative } from './native-frames.ts';
import { VirtualDesfire } from './virtual-desfire.ts';

const UID = fromHex('04063F72633480');
const counting = (from: number, length: number) => hex(Uint8Array.from({ length }, (_, index) => from + index));

/** A card that says in advance what it will take for random. */
const blankCard = (...random: string[]): VirtualDesfire => {
  const queue = random.map(fromHex);
  const card = new VirtualDesfire({ uid: UID, randomBytes: (length) => queue.shift() ?? zeros(length) });
  card.powerOn();
  return card;
};

const play = (card: VirtualDesfire, script: readonly (readonly [string, string])[]): void => {
  for (const [command, answer] of script) expect(sendNative(card, command), command).toBe(answer);
};

/** An AES application 00AE16 with two zero keys, selected. */
const withApplication = (...random: string[]): VirtualDesfire => {
  const card = blankCard(...random);
  play(card, [
    ['CA16AE000F82', '00'],
    ['5A16AE00', '00'],
  ]);
  return card;
};

/*
 * What a real DESFire EV1 answered, byte for byte: traces published by Elmue with "DIY electronic RFID door lock with
 * battery backup" (Code Project, 2017). The card's random numbers are those of the trace.
 */
describe('the virtual card against traces of a real one', () => {
  const authentication = [
    ['AA00', 'af b969fdfe56fd91fc9de6f6f213b8fd1e'],
    ['AF36AAD7DF6E436BA08D18613830A70D5AD43E3D3F4A8D47541EEE623A934E4774', '00 800db680bc146bd121d6578f2d2e2059'],
  ] as const;
  const rndB = 'C05DDD714FD788A6B7B754F3C4D066E8';

  it('[N8] authenticates and changes its own key', () => {
    const card = withApplication(rndB);
    play(card, [
      ...authentication,
      ['C400E9F85E219496C2B58C1090DC3935FAE9E840CF61B383D95319 46256B1F110C10', '00'],
      ['6400', '00 10'],
    ]);
  });

  it('[N8] keeps the chain of MACs through a session on a plain file', async () => {
    const card = await keyed('10182028303840485058606870788088', '626FFBD45CAF334ACCA45599304F5B17');
    play(card, [
      ['AA01', 'af b351cb2465d4f33ac627fd6e87a168f2'],
      ['AF044B6CAC343A08658951 49649CA8DDE1F5AC4EC67BD208900AF02F049E05F0B0', '00 a2ee144b1012fbeb7b2f11132d95a454'],
      ['CD05001100500000', '00 a75316ad1596b953'],
      ['6F', '00 052d5ff67ffec9d2d3'],
      ['F505', '00 000011005000002aac7517024e09dc'],
      [`3D05000000340000${counting(0, 52)}`, '00 765c9daa50ecb62f'],
      [`3D053400001C0000${counting(52, 28)}`, '00 3e0aed986b8b0f37'],
      ['BD05000000300000', `00 ${counting(0, 48)}4c65f1f842262bac`],
      ['BD05300000200000', `00 ${counting(48, 32)}f02205cf913c03c9`],
      ['DF05', '00 1bef0d32b6d1d7f9'],
    ]);
  });

  it('[N8] authenticates with the factory key as a card on mifare.net did', () => {
    const card = blankCard('D6F77968D2767EA3');
    play(card, [
      ['0A00', 'af 57b0c35a080ae608'],
      ['AF5BD89F653176AE3A7A1128C9D4035129', '00 b53bf499feac13e4'],
    ]);
  });
});

/** The AES application with key 1 as given; the card's next random number is `random`. */
const keyed = async (key: string, random: string): Promise<VirtualDesfire> => {
  const card = withApplication('00'.repeat(16), random);
  const driver = new Desfire(transportTo(card), zeros);
  expect(await driver.authenticateAes(0, zeros(16))).toMatchObject({ ok: true });
  const changed = await changeOtherKey(driver, 1, { key: fromHex(key), version: 16 }, zeros(16));
  expect(changed).toMatchObject({ ok: true });
  return card;
};
