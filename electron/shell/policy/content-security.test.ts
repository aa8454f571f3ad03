import { expect, it } from 'vitest';
import { appHeaders, contentSecurityPolicy } from './content-security.ts';

it('begins from nothing and never allows inline or evaluated script, another origin or a wildcard', () => {
  const policy = contentSecurityPolicy();
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self';");
  expect(policy).not.toMatch(/unsafe|\*|https?:|ws:/);
});

it('goes with every kind of answer, whose type may not be guessed', () => {
  const headers = appHeaders('font/woff2');
  expect(headers['content-security-policy']).toBe(contentSecurityPolicy());
  expect(headers['x-content-type-options']).toBe('nosniff');
});
