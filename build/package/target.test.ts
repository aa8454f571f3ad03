import { expect, it } from 'vitest';
import { isForeign } from './target.ts';

const here = { platform: 'linux', arch: 'x64' } as const;

it.each([
  'prebuilds/linux-x64.node',
  'prebuilds/linux-x64/@serialport+bindings-cpp.glibc.node',
  '@node-rs/argon2-linux-x64-gnu',
  '@koromix/koffi-linux-x64',
  'lib/index.js',
])('%s is for this machine', (name) => {
  expect(isForeign(name, here)).toBe(false);
});

it.each([
  'prebuilds/linuxmusl-x64.node',
  'prebuilds/linux-x64/@serialport+bindings-cpp.musl.node',
  'prebuilds/linux-arm/@serialport+bindings-cpp.armv7.glibc.node',
  'prebuilds/linux-arm64.node',
  'prebuilds/darwin-x64+arm64/@serialport+bindings-cpp.node',
  'prebuilds/win32-x64/@serialport+bindings-cpp.node',
  'prebuilds/android-arm64/@serialport+bindings-cpp.armv8.node',
  '@node-rs/argon2-win32-x64-msvc',
])('%s is for another', (name) => {
  expect(isForeign(name, here)).toBe(true);
});
