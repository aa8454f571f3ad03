import { expect, it } from 'vitest';
import { withVerbTable } from './verb-table.ts';

const verbs = [
  { name: 'device set', usage: 'printer|register ADDRESS', summary: { en: 'says where a device is' } },
  { name: 'status', usage: '', summary: { en: 'one look' } },
];
const marked = (inside: string) =>
  `before\n<!-- verbs: written by \`npx node build/readme-verbs.ts\` -->\n${inside}\n<!-- /verbs -->\nafter\n`;
const table = [
  '| command | does |',
  '| --- | --- |',
  '| `comptoir device set printer\\|register ADDRESS` | says where a device is |',
  '| `comptoir status` | one look |',
].join('\n');

it('puts the command’s own definition between the marks, and leaves the rest', () => {
  expect(withVerbTable(marked('| old |'), verbs)).toBe(marked(table));
});

it('changes nothing when the table is right', () => {
  expect(withVerbTable(marked(table), verbs)).toBe(marked(table));
});

it('says when there is no place for it', () => {
  expect(withVerbTable('no marks', verbs)).toBeUndefined();
});
