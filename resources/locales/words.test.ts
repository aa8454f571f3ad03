import { expect, it } from 'vitest';
import { en } from './en.ts';
import { fr } from './fr.ts';

type Tree = string | { [key: string]: Tree };

/** Every sentence with the path to it. */
function sentences(tree: Tree, path = ''): [string, string][] {
  if (typeof tree === 'string') return [[path, tree]];
  return Object.entries(tree).flatMap(([key, branch]) => sentences(branch, path === '' ? key : `${path}.${key}`));
}

const names = (text: string) => [...new Set([...text.matchAll(/\{(\w+)/g)].map((match) => match[1]))].sort();
const english = new Map(sentences(en));

it('every sentence exists in both languages and asks for the same facts', () => {
  const french = sentences(fr);
  expect(french.map(([path]) => path)).toEqual([...english.keys()]);
  for (const [path, text] of french) expect([path, names(english.get(path)!)]).toEqual([path, names(text)]);
});

it('no sentence exclaims', () => {
  const exclaiming = [...sentences(fr), ...english].filter(([, text]) => text.includes('!'));
  expect(exclaiming).toEqual([]);
});
