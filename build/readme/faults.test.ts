import { expect, it } from 'vitest';
import { foldersWithoutReadme, readmeFaults } from './faults.ts';

const around = { exists: (file: string) => file === 'native/cards/README.md', scripts: ['check'] };

it('finds a link and a script that lead nowhere', () => {
  const text = 'See [cards](cards/README.md#keys) and [gone](gone.md). Run `npm run check`, `npm run -s nothing`.';
  expect(readmeFaults('native/README.md', text, around)).toEqual([
    'native/README.md: links to gone.md, which is not there',
    'native/README.md: names "npm run nothing", which package.json lacks',
  ]);
});

it('leaves addresses, anchors and code alone', () => {
  const text = '[a](https://example.org/x) [b](#below) `[c](d)`\n```ts\nconst a = [b](c);\n```';
  expect(readmeFaults('README.md', text, around)).toEqual([]);
});

it('finds a README longer than a page and a block that cannot be followed', () => {
  const faults = readmeFaults('README.md', `\`\`\`sh no-run\ntrue\n\`\`\`\n${'line\n'.repeat(120)}`, around);
  expect(faults).toHaveLength(2);
});

it('does not count the table that the command writes', () => {
  const table = `<!-- verbs: x -->\n${'| a | b |\n'.repeat(120)}<!-- /verbs -->`;
  expect(readmeFaults('README.md', `# A\n${table}`, around)).toEqual([]);
});

it('finds folders of code without a README', () => {
  expect(
    foldersWithoutReadme(['native/a.ts', 'native/README.md', 'backend/db/b.ts', 'vitest.config.ts', '.ci/run']),
  ).toEqual(['backend']);
});
