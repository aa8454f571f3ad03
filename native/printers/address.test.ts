import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseDeviceAddress } from './address.ts';

const serial = { kind: 'serial', baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1, flow: 'none' };

it.each([
  ['serial:/dev/ttyS0', { ...serial, path: '/dev/ttyS0' }],
  [
    'serial:COM3?baud=19200&parity=even&data=7&stop=2&flow=rtscts',
    { kind: 'serial', path: 'COM3', baudRate: 19200, dataBits: 7, parity: 'even', stopBits: 2, flow: 'rtscts' },
  ],
  ['tcp:printer.local', { kind: 'tcp', host: 'printer.local', port: 9100 }],
  ['tcp:192.168.1.9:9101', { kind: 'tcp', host: '192.168.1.9', port: 9101 }],
  ['tcp:[fe80::1]:9100', { kind: 'tcp', host: 'fe80::1', port: 9100 }],
  ['pcsc:', { kind: 'pcsc', reader: '' }],
  ['pcsc:ACS ACR122U 00 00', { kind: 'pcsc', reader: 'ACS ACR122U 00 00' }],
  ['simulated:', { kind: 'simulated' }],
])('reads %s', (address, value) => {
  expect(parseDeviceAddress(address)).toEqual({ ok: true, value });
});

it.each([
  ['', 'kind'],
  ['/dev/ttyS0', 'kind'],
  ['usb:1', 'kind'],
  ['serial:', 'path'],
  ['serial:/dev/ttyS0?baud=123', 'baud'],
  ['serial:/dev/ttyS0?speed=9600', 'speed'],
  ['tcp:', 'host'],
  ['tcp:a b', 'host'],
  ['tcp:host:0', 'port'],
  ['tcp:host:70000', 'port'],
  ['tcp:host:', 'port'],
])('refuses %j and names the part', (address, part) => {
  expect(parseDeviceAddress(address)).toEqual({ ok: false, error: { type: 'DeviceAddressInvalid', address, part } });
});

it('never throws, whatever is typed', () => {
  fc.assert(
    fc.property(fc.constantFrom('', 'serial:', 'tcp:', 'pcsc:'), fc.string({ unit: 'binary' }), (kind, rest) => {
      expect(typeof parseDeviceAddress(kind + rest).ok).toBe('boolean');
    }),
  );
});
