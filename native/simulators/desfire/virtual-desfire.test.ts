import { describe, expect, it } from 'vitest';
import { fromHex, hex, zeros } from '#native/cards/bytes.ts';
import { Desfire } from '#native/cards/desfire.ts';
import { changeOtherKey } from '#native/cards/keys.ts';
import { transportTo } from '../card-maker.ts';
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

/** Sends a native command in wrapping; gives status byte and data as text. */
const send = (card: VirtualDesfire, native: string): string => {
  const [instruction, ...data] = fromHex(native);
  const length = data.length === 0 ? [] : [data.length, ...data];
  const answer = card.process(Uint8Array.of(0x90, instruction!, 0, 0, ...length, 0));
  if (!answer) return 'gone';
  expect(answer.at(-2)).toBe(0x91);
  return [answer.at(-1)!.toString(16).padStart(2, '0'), hex(answer.slice(0, -2))].join(' ').trim();
};

const play = (card: VirtualDesfire, script: readonly (readonly [string, string])[]): void => {
  for (const [command, answer] of script) expect(send(card, command), command).toBe(answer);
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

describe('the virtual card, without authentication', () => {
  it('[N8] tells its version in three frames, with its UID', () => {
    play(blankCard(), [
      ['60', 'af 04010101001a05'],
      ['AF', 'af 04010101041a05'],
      ['AF', '00 04063f72633480ba4519e3204913'],
      ['AF', '1c'],
    ]);
  });

  it.each([
    ['an unknown instruction', 'B0', '1c'],
    ['more frames than there are', 'AF', '1c'],
    ['a wrong length', '5A0000', '7e'],
    ['an application that is not there', '5A010203', 'a0'],
    ['a key that is not there', 'AA05', '40'],
    ['an AES authentication with a DES key', 'AA00', 'ae'],
    ['formatting without a key', 'FC', 'ae'],
    ['files at card level', '6F', '9d'],
    ['three-key triple DES', 'CA0102030F41', '9e'],
    ['the UID without a key', '51', 'ae'],
  ])('[N8] refuses %s', (_what, command, status) => {
    expect(send(blankCard(), command)).toBe(status);
  });

  it('[N8] makes each application once, twenty-eight at most, and lists them in two frames', () => {
    const card = blankCard();
    expect(send(card, 'CA01000F0F81')).toBe('00');
    expect(send(card, 'CA01000F0F81')).toBe('de');
    for (let number = 2; number <= 28; number++) {
      expect(send(card, `CA${number.toString(16).padStart(2, '0')}000F0F81`)).toBe('00');
    }
    expect(send(card, 'CA1D000F0F81')).toBe('ce');
    expect(send(card, '6A')).toMatch(/^af [0-9a-f]{114}$/);
    expect(send(card, 'AF')).toMatch(/^00 [0-9a-f]{54}$/);
  });

  it('[N8] gives up a command that another one interrupts', () => {
    const card = blankCard();
    play(card, [
      ['60', 'af 04010101001a05'],
      ['5A000000', 'ca'],
      ['5A000000', '00'],
    ]);
  });

  it('[N8] understands SELECT by name and the lengths of the wrapping', () => {
    const card = blankCard();
    const apdus = ['00A4040007D2760000850100', '00A4040002ABCD00', '00A40000023F00', '00B0000000', '80CA000000'];
    const answers = apdus.map((apdu) => hex(card.process(fromHex(apdu))!));
    expect(answers).toEqual(['9000', '6a82', '9000', '6d00', '6e00']);
    expect(hex(card.process(fromHex('9060000103000000'))!)).toBe('6b00');
    expect(hex(card.process(fromHex('905A00000300'))!)).toBe('6700');
    expect(hex(card.process(fromHex('9060'))!)).toBe('6700');
  });

  it('says nothing without power', () => {
    const card = blankCard();
    card.powerOff();
    expect(send(card, '60')).toBe('gone');
  });
});

/** In the application: free rights, plain, so that the files' own rules show. */
describe('files of the virtual card', () => {
  it('[N8] keeps what is written to a backup file back until the commit', () => {
    play(withApplication(), [
      ['CB0100EEEE040000', '00'],
      ['3D01000000040000AABBCCDD', '00'],
      ['BD01000000000000', '00 00000000'],
      ['C7', '00'],
      ['BD01000000000000', '00 aabbccdd'],
      ['3D01000000010000FF', '00'],
      ['A7', '00'],
      ['BD01000000010000', '00 aa'],
      ['C7', '0c'],
    ]);
  });

  it('[N8] writes a standard file at once, within its bounds', () => {
    play(withApplication(), [
      ['CD0100EEEE040000', '00'],
      ['3D01020000020000AABB', '00'],
      ['BD01000000000000', '00 0000aabb'],
      ['3D01030000020000AABB', 'be'],
      ['BD01000000050000', 'be'],
      ['BD02000000010000', 'f0'],
      ['CD0100EEEE040000', 'de'],
      ['CD0200EEEE000000', '9e'],
      ['CD0202EEEE040000', '9e'],
      ['CD2000EEEE040000', '9e'],
      ['CD0200CEEE040000', '9e'],
    ]);
  });

  it('[N8] keeps a value between its limits, and gives back by limited credit what was debited', () => {
    play(withApplication(), [
      ['CC0100EEEE 00000000 64000000 0A000000 01', '00'],
      ['6C01', '00 0a000000'],
      ['0C0105000000', '00'],
      ['6C01', '00 0a000000'],
      ['C7', '00'],
      ['6C01', '00 0f000000'],
      ['0C015A000000', 'be'],
      ['DC0110000000', 'be'],
      ['DC0106000000', '00'],
      ['C7', '00'],
      ['1C0107000000', 'be'],
      ['1C0106000000', '00'],
      ['C7', '00'],
      ['6C01', '00 0f000000'],
      ['1C0101000000', 'be'],
      ['0C01FFFFFFFF', '9e'],
    ]);
  });

  it('[N8] keeps the last records of a cyclic file, one place less than it has', () => {
    const card = withApplication();
    play(card, [
      ['C00100EEEE020000 030000', '00'],
      ['BB01000000010000', 'be'],
    ]);
    for (const record of ['0101', '0202', '0303']) {
      play(card, [
        [`3B01000000020000${record}`, '00'],
        ['C7', '00'],
      ]);
    }
    play(card, [
      ['BB01000000000000', '00 02020303'],
      ['BB01000000010000', '00 0303'],
      ['BB01010000010000', '00 0202'],
      ['BB01000000030000', 'be'],
      ['F501', '00 0400eeee020000030000020000'],
      ['EB01', '00'],
      ['C7', '00'],
      ['BB01000000000000', 'be'],
    ]);
  });

  it('[N8] fills a linear file and then refuses', () => {
    play(withApplication(), [
      ['C10100EEEE010000 010000', '00'],
      ['3B0100000001000055', '00'],
      ['C7', '00'],
      ['3B0100000001000066', 'be'],
      ['BB01000000000000', '00 55'],
      ['3D0100000001000066', '9d'],
    ]);
  });

  it('[N8] gathers a long write from several frames and gives a long answer in several', () => {
    const card = withApplication();
    const content = counting(0, 100);
    play(card, [
      ['CD0100EEEE640000', '00'],
      [`3D01000000640000${content.slice(0, 94)}`, 'af'],
      [`AF${content.slice(94)}`, '00'],
      ['BD01000000000000', `af ${content.slice(0, 118)}`],
      ['AF', `00 ${content.slice(118)}`],
      [`3D01000000640000${content.slice(0, 94)}`, 'af'],
      [`AF${content.slice(94)}00`, '7e'],
    ]);
  });

  it('[N8] asks for the key that a file wants, and lets no one where no one may', () => {
    play(withApplication(), [
      ['CD01000000040000', '00'],
      ['BD01000000000000', 'ae'],
      ['CD0200FFFF040000', '00'],
      ['BD02000000000000', '9d'],
      ['3D02000000010000AA', '9d'],
    ]);
  });

  it('forgets what was not committed when power goes, and keeps the rest', () => {
    const card = withApplication();
    play(card, [
      ['CB0100EEEE010000', '00'],
      ['3D01000000010000AA', '00'],
      ['C7', '00'],
      ['3D01000000010000BB', '00'],
    ]);
    card.powerOff();
    card.powerOn();
    play(card, [
      ['5A16AE00', '00'],
      ['C7', '0c'],
      ['BD01000000000000', '00 aa'],
    ]);
  });

  it('[N8] keeps its contents from one run to the next', () => {
    const card = withApplication();
    play(card, [
      ['CD0100EEEE010000', '00'],
      ['3D01000000010000AA', '00'],
    ]);
    const again = VirtualDesfire.fromJSON(JSON.parse(JSON.stringify(card)), zeros);
    again.powerOn();
    play(again, [
      ['5A16AE00', '00'],
      ['BD01000000000000', '00 aa'],
    ]);
    expect(again.toJSON()).toEqual(card.toJSON());
    expect(() => VirtualDesfire.fromJSON({ kind: 'something else' }, zeros)).toThrow(TypeError);
    expect(() => VirtualDesfire.fromJSON(null, zeros)).toThrow(TypeError);
  });

  it('[N8] does not give the memory of a deleted file back', () => {
    const card = withApplication();
    const before = send(card, '6E');
    play(card, [
      ['CD0100EEEE000400', '00'],
      ['DF01', '00'],
    ]);
    expect(send(card, '6E')).not.toBe(before);
    expect(send(card, 'CD0100EEEE002000')).toBe('0e');
  });
});

describe('a virtual card that is pulled', () => {
  it.each([
    ['before', '00 00'],
    ['after', '00 aa'],
  ] as const)('[N8] %s the commit', (moment, stands) => {
    const card = withApplication();
    play(card, [['CB0100EEEE010000', '00']]);
    card.tear(moment);
    play(card, [
      ['3D01000000010000AA', '00'],
      ['C7', 'gone'],
      ['60', 'gone'],
    ]);
    card.powerOn();
    play(card, [
      ['5A16AE00', '00'],
      ['BD01000000000000', stands],
      ['C7', '0c'],
    ]);
  });

  it('[N8] at a command counted from now', () => {
    const card = withApplication();
    card.tearAt(2);
    play(card, [
      ['6F', '00'],
      ['6F', 'gone'],
      ['6F', 'gone'],
    ]);
  });
});
