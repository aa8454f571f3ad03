import path from 'node:path';
import { expect, it } from 'vitest';
import { resolveAppPath } from './app-files.ts';

const folder = path.resolve('/opt/comptoir/renderer');

it.each([
  ['app://comptoir/till/', 'till/index.html', 'text/html; charset=utf-8'],
  ['app://comptoir/till/assets/main-4f.js', 'till/assets/main-4f.js', 'text/javascript; charset=utf-8'],
  ['app://comptoir/till/a%20b.css?v=1#x', 'till/a b.css', 'text/css; charset=utf-8'],
  ['app://comptoir/till/inter.woff2', 'till/inter.woff2', 'font/woff2'],
])('%s is %s', (url, file, contentType) => {
  expect(resolveAppPath(folder, url)).toEqual({ file: path.join(folder, file), contentType });
});

it.each([
  'app://comptoir/..%2f..%2fetc/passwd.json',
  'app://comptoir/%2e%2e%2f%2e%2e%2fsecret.json',
  'app://comptoir/till/%5c..%5c..%5csecret.json',
  'app://comptoir/till/..%5csecret.json',
  'app://comptoir/c:/secret.json',
  'app://comptoir//etc/secret.json',
  'app://comptoir/till/a%00.html',
  'app://comptoir/till/%zz.html',
  'app://comptoir/till/data.sqlite',
  'app://comptoir/till/no-extension',
  'app://elsewhere/till/index.html',
  'file:///opt/comptoir/renderer/till/index.html',
])('refuses %s', (url) => {
  expect(resolveAppPath(folder, url)).toBeUndefined();
});

it.each(['app://comptoir/../../etc/hosts.json', 'app://comptoir/till/%2e%2e/%2e%2e/%2e%2e/hosts.json'])(
  'stays inside its folder for %s',
  (url) => {
    const resolved = resolveAppPath(folder, url);
    expect(resolved === undefined || resolved.file.startsWith(folder + path.sep)).toBe(true);
  },
);
