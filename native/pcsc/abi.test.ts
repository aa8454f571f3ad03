import koffi from 'koffi';
import { expect, it } from 'vitest';
import { abiOf, ioRequest, readerStateType, splitNames } from './abi.ts';

it('lays SCARD_READERSTATE out as each platform does', () => {
  const layout = (platform: NodeJS.Platform) => {
    const type = readerStateType(koffi, abiOf(platform));
    return [koffi.sizeof(type), koffi.offsetof(type, 'dwEventState'), koffi.offsetof(type, 'rgbAtr')];
  };
  if (process.arch === 'x64' && process.platform === 'linux') expect(layout('linux')).toEqual([80, 24, 40]);
  expect(layout('darwin')).toEqual([61, 20, 28]);
  expect(layout('win32')).toEqual([64, 20, 28]);
});

it('writes SCARD_IO_REQUEST in 32-bit and 64-bit words', () => {
  expect(ioRequest(4, 2)).toEqual(Buffer.from('0200000008000000', 'hex'));
  expect(ioRequest(8, 1)).toEqual(Buffer.from('01000000000000001000000000000000', 'hex'));
});

it('splits the list of readers', () => {
  expect(splitNames(Buffer.from('A 00 00\0B 00 00\0\0'), 'utf8')).toEqual(['A 00 00', 'B 00 00']);
  expect(splitNames(Buffer.from('Lecteur é 0\0\0', 'utf16le'), 'utf16le')).toEqual(['Lecteur é 0']);
  expect(splitNames(Buffer.from('\0'), 'utf8')).toEqual([]);
});
