import { describe, expect, it } from 'vitest';
import { concat, fromHex, hex, zeros } from '#native/cards/bytes.ts';
import { sendNative } from './native-frames.ts';
import { VirtualDesfire } from './virtual-desfire.ts';

const UID = fromHex('04063F72633480');
const counting = (from: number, length: number) => hex(Uint8Array.from({ length }, (_, index) => from + index));

const blankCard = (): VirtualDesfire => {
  const card = new VirtualDesfire({ uid: UID, randomBytes: zeros });
  card.powerOn();
  return card;
};

const play = (card: VirtualDesfire, script: readonly (readonly [string, string])[]): void => {
  for (const [command, answer] of script) expect(sendNative(card, command), command).toBe(answer);
};

/** An AES application 00AE16 with two zero keys, selected. */
const withApplication = (): VirtualDesfire => {
  const card = blankCard();
  play(card, [
    ['CA16AE000F82', '00'],
    ['5A16AE00', '00'],
  ]);
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
    expect(sendNative(blankCard(), command)).toBe(status);
  });

  it('[N8] makes each application once, twenty-eight at most, and lists them in two frames', () => {
    const card = blankCard();
    expect(sendNative(card, 'CA01000F0F81')).toBe('00');
    expect(sendNative(card, 'CA01000F0F81')).toBe('de');
    for (let number = 2; number <= 28; number++) {
      expect(sendNative(card, `CA${number.toString(16).padStart(2, '0')}000F0F81`)).toBe('00');
    }
    expect(sendNative(card, 'CA1D000F0F81')).toBe('ce');
    expect(sendNative(card, '6A')).toMatch(/^af [0-9a-f]{114}$/);
    expect(sendNative(card, 'AF')).toMatch(/^00 [0-9a-f]{54}$/);
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
    expect(sendNative(card, '60')).toBe('gone');
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

  it('[N8] takes 54 bytes of data in a wrapped command, not 55, and 59 in a native one', () => {
    const card = withApplication();
    play(card, [['CD0100EEEE640000', '00']]);
    const write = (length: number) => fromHex(`0100000064 0000${counting(0, length - 7)}`);
    const wrapped = (length: number) =>
      hex(card.process(concat(fromHex(`903D0000${hex(Uint8Array.of(length))}`), write(length), zeros(1)))!);
    expect(wrapped(54)).toBe('91af');
    expect(sendNative(card, 'AF00')).toBe('af');
    expect(wrapped(55)).toBe('917e');
    expect(card.processNative(0x3d, write(59))?.status).toBe(0xaf);
    card.powerOn();
    expect(card.processNative(0x3d, write(60))?.status).toBe(0x7e);
  });

  it('[N8] writes no record into a file that is being emptied', () => {
    play(withApplication(), [
      ['C10100EEEE010000 020000', '00'],
      ['3B0100000001000055', '00'],
      ['C7', '00'],
      ['EB01', '00'],
      ['BB01000000000000', '00 55'],
      ['3B0100000001000066', '9d'],
      ['C7', '0c'],
      ['BB01000000000000', '00 55'],
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
    expect(() => VirtualDesfire.fromJSON({ ...card.toJSON(), uid: '0411' }, zeros)).toThrow('uid');
  });

  it('[N8] does not give the memory of a deleted file back', () => {
    const card = withApplication();
    const before = sendNative(card, '6E');
    play(card, [
      ['CD0100EEEE000400', '00'],
      ['DF01', '00'],
    ]);
    expect(sendNative(card, '6E')).not.toBe(before);
    expect(sendNative(card, 'CD0100EEEE002000')).toBe('0e');
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
