import { expect, it } from 'vitest';
import { externalLink, isAllowedNavigation, isTrustedSender, tillUrl } from './addresses.ts';

it.each([tillUrl, 'app://comptoir/till/index.html#sale', 'app://comptoir/till/?lang=en'])(
  'lets a frame go to %s',
  (url) => {
    expect(isAllowedNavigation(url)).toBe(true);
  },
);

it.each([
  'https://comptoir/till/',
  'app://elsewhere/till/',
  'app://comptoir.example/till/',
  'app://user@comptoir/till/',
  'app://comptoir:8080/till/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'data:text/html,x',
  'blob:app://comptoir/0',
  'about:blank',
  'not an address',
  '',
])('keeps a frame from going to "%s"', (url) => {
  expect(isAllowedNavigation(url)).toBe(false);
});

it.each([
  ['the top frame of a page of the app', { url: tillUrl, parent: null }, true],
  ['a frame inside it', { url: tillUrl, parent: {} }, false],
  ['another page', { url: 'https://example.org/', parent: null }, false],
  ['a frame that has gone', null, false],
])('%s is trusted: %o', (_what, frame, expected) => {
  expect(isTrustedSender(frame)).toBe(expected);
});

const allowed = ['https://central.example', 'http://127.0.0.1:4000', 'http://shop.example'];

it.each([
  ['https://central.example/office?day=1', 'https://central.example/office?day=1'],
  ['http://127.0.0.1:4000/office', 'http://127.0.0.1:4000/office'],
  ['https://central.example:8443/', undefined],
  ['https://central.example.evil.test/', undefined],
  ['https://central.example@evil.test/', undefined],
  ['https://user:word@central.example/', undefined],
  ['http://shop.example/', undefined],
  ['http://central.example/', undefined],
  ['file:///etc/passwd', undefined],
  ['smb://central.example/share', undefined],
  ['javascript:alert(1)', undefined],
  ['nonsense', undefined],
])('opens %s outside as %o', (url, expected) => {
  expect(externalLink(url, allowed)).toBe(expected);
});
