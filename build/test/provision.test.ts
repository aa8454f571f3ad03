import { expect, it } from 'vitest';
import { type Installer, provision } from './provision.ts';
import type { SystemPart } from './system-parts.ts';

function machine(options: { mayInstall: boolean; has: string[]; aptGives: string[] }) {
  const has = new Set(options.has);
  const ran: string[] = [];
  const said: string[] = [];
  const installer: Installer = {
    mayInstall: options.mayInstall,
    run: (program, args) => {
      ran.push([program, ...args].join(' '));
      if (args.includes('install')) for (const name of options.aptGives) has.add(name);
      return true;
    },
    say: (line) => said.push(line),
  };
  const part = (name: string, debianPackage: string): SystemPart => ({
    name,
    debianPackage,
    neededBy: ['integration'],
    isPresent: () => has.has(name),
  });
  return { installer, ran, said, parts: [part('pcscd', 'pcscd'), part('ip', 'iproute2'), part('ss', 'iproute2')] };
}

it('asks for nothing when all is there', () => {
  const { installer, parts, ran, said } = machine({ mayInstall: true, has: ['pcscd', 'ip', 'ss'], aptGives: [] });
  expect(provision(parts, installer)).toEqual([]);
  expect([ran, said]).toEqual([[], []]);
});

it('installs each missing package once and looks again', () => {
  const { installer, parts, ran } = machine({ mayInstall: true, has: ['pcscd'], aptGives: ['ip'] });
  expect(provision(parts, installer).map((part) => part.name)).toEqual(['ss']);
  expect(ran).toEqual(['apt-get update -q', 'apt-get -q install -y --no-install-recommends iproute2']);
});

it('says the command where it may not install', () => {
  const { installer, parts, ran, said } = machine({ mayInstall: false, has: [], aptGives: [] });
  expect(provision(parts, installer)).toHaveLength(3);
  expect(ran).toEqual([]);
  expect(said.join('\n')).toContain('apt-get install -y --no-install-recommends pcscd iproute2');
});
