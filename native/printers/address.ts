import { err, ok, type Result } from '#contract/result/index.ts';

export type SerialAddress = {
  kind: 'serial';
  /** `/dev/ttyUSB0`, `/dev/serial/by-id/…`, `COM3`. */
  path: string;
  baudRate: number;
  dataBits: 7 | 8;
  parity: 'none' | 'even' | 'odd';
  stopBits: 1 | 2;
  flow: 'none' | 'rtscts' | 'xonxoff';
};
export type TcpAddress = { kind: 'tcp'; host: string; port: number };

/** An empty name: whichever reader is there. */
type PcscAddress = { kind: 'pcsc'; reader: string };

/** Where a device is, as `comptoir device set` takes it. */
export type DeviceAddress = SerialAddress | TcpAddress | PcscAddress | { kind: 'simulated' };

/** `part` says what is wrong: `kind`, `path`, `host`, `port`, or the name of an option. */
export type DeviceAddressInvalid = { type: 'DeviceAddressInvalid'; address: string; part: string };

/** Raw printing port of network printers ("JetDirect", IANA pdl-datastream). */
const PRINTING_PORT = 9100;
const ADDRESS_LENGTH_MAX = 300;

/** What each option may be, with the value it has when it is not given first. */
const SERIAL_OPTIONS = {
  baud: ['9600', '1200', '2400', '4800', '14400', '19200', '38400', '57600', '115200', '230400'],
  data: ['8', '7'],
  parity: ['none', 'even', 'odd'],
  stop: ['1', '2'],
  flow: ['none', 'rtscts', 'xonxoff'],
} as const;
type SerialOption = keyof typeof SERIAL_OPTIONS;

const isOption = (name: string): name is SerialOption => Object.hasOwn(SERIAL_OPTIONS, name);

function parseSerial(rest: string): Result<SerialAddress, string> {
  const [path = '', query = ''] = rest.split('?', 2);
  if (!/^[^\s\p{Cc}]+$/u.test(path)) return err('path');
  const given = new URLSearchParams(query);
  for (const [name, value] of given) {
    if (!isOption(name) || !(SERIAL_OPTIONS[name] as readonly string[]).includes(value)) return err(name);
  }
  const option = <N extends SerialOption>(name: N) =>
    (given.get(name) ?? SERIAL_OPTIONS[name][0]) as (typeof SERIAL_OPTIONS)[N][number];
  return ok({
    kind: 'serial',
    path,
    baudRate: Number(option('baud')),
    dataBits: option('data') === '7' ? 7 : 8,
    parity: option('parity'),
    stopBits: option('stop') === '2' ? 2 : 1,
    flow: option('flow'),
  });
}

function parseTcp(rest: string): Result<TcpAddress, string> {
  const match = /^(?:\[([0-9a-fA-F:]+)\]|([A-Za-z0-9._-]{1,253}))(?::(.*))?$/.exec(rest);
  const host = match?.[1] ?? match?.[2];
  if (host === undefined) return err('host');
  const port = match?.[3] === undefined ? PRINTING_PORT : Number(match[3]);
  if (!Number.isInteger(port) || port < 1 || port > 65535) return err('port');
  return ok({ kind: 'tcp', host, port });
}

function parseKind(address: string): Result<DeviceAddress, string> {
  const [, kind, rest = ''] = /^([a-z]+):(.*)$/s.exec(address) ?? [];
  switch (kind) {
    case 'serial':
      return parseSerial(rest);
    case 'tcp':
      return parseTcp(rest);
    case 'pcsc':
      return ok({ kind: 'pcsc', reader: rest.trim() });
    case 'simulated':
      return rest === '' ? ok({ kind: 'simulated' }) : err('kind');
    default:
      return err('kind');
  }
}

/** Reads `serial:/dev/ttyS0?baud=9600`, `tcp:host:9100`, `pcsc:READER NAME` (`pcsc:` is any reader) or `simulated:`. */
export function parseDeviceAddress(address: string): Result<DeviceAddress, DeviceAddressInvalid> {
  const parsed: Result<DeviceAddress, string> = address.length > ADDRESS_LENGTH_MAX ? err('kind') : parseKind(address);
  if (parsed.ok) return parsed;
  return err({ type: 'DeviceAddressInvalid', address: address.slice(0, ADDRESS_LENGTH_MAX), part: parsed.error });
}
