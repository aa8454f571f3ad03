import type { TypeObject } from 'koffi';

type Koffi = typeof import('koffi')['default'];

/**
 * How one platform spells PC/SC: the width of its words, the name of its library, the layout of its structures.
 * Sources: pcsclite.h and winscard.h of pcsc-lite, the PCSC.framework headers (pack(1), 32-bit words), the Windows SDK.
 */
export type Abi = {
  library: string;
  dword: string;
  long: string;
  handle: string;
  /** Type of a reader's name as an argument, and the suffix of the functions that take one. */
  text: 'str' | 'str16';
  suffix: '' | 'W';
  encoding: 'utf8' | 'utf16le';
  atrBytes: number;
  packed: boolean;
};

const pcscLite: Abi = {
  library: 'libpcsclite.so.1',
  dword: 'unsigned long',
  long: 'long',
  handle: 'long',
  text: 'str',
  suffix: '',
  encoding: 'utf8',
  atrBytes: 33,
  packed: false,
};

const macOs: Abi = {
  ...pcscLite,
  library: '/System/Library/Frameworks/PCSC.framework/PCSC',
  dword: 'uint32_t',
  long: 'int32_t',
  handle: 'int32_t',
  packed: true,
};

const windows: Abi = {
  library: 'winscard.dll',
  dword: 'uint32_t',
  long: 'int32_t',
  handle: 'uintptr_t',
  text: 'str16',
  suffix: 'W',
  encoding: 'utf16le',
  atrBytes: 36,
  packed: false,
};

export function abiOf(platform: NodeJS.Platform): Abi {
  if (platform === 'win32') return windows;
  return platform === 'darwin' ? macOs : pcscLite;
}

/** SCARD_READERSTATE as this platform lays it out. Anonymous: koffi's named types are global and may not be declared twice. */
export function readerStateType(koffi: Koffi, abi: Abi): TypeObject {
  const members = {
    szReader: abi.text,
    pvUserData: 'void *',
    dwCurrentState: abi.dword,
    dwEventState: abi.dword,
    cbAtr: abi.dword,
    rgbAtr: koffi.array('uint8_t', abi.atrBytes, 'Typed'),
  };
  return abi.packed ? koffi.pack(members) : koffi.struct(members);
}

/** SCARD_IO_REQUEST for a protocol: two DWORDs, the protocol and the structure's own size. */
export function ioRequest(dwordBytes: number, protocol: number): Buffer {
  const bytes = Buffer.alloc(2 * dwordBytes);
  bytes.writeUInt32LE(protocol, 0);
  bytes.writeUInt32LE(2 * dwordBytes, dwordBytes);
  return bytes;
}

/** Splits the list of names that SCardListReaders writes: each ends with a NUL, the list with one more. */
export function splitNames(list: Buffer, encoding: Abi['encoding']): string[] {
  return list
    .toString(encoding)
    .split('\0')
    .filter((name) => name !== '');
}
