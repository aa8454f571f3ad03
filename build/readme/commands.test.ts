import { expect, it } from 'vitest';
import { commandBlocksOf, withoutSteps } from './commands.ts';

const fenced = (info: string, ...lines: string[]) => ['Text', `\`\`\`${info}`, ...lines, '```', 'more'].join('\n');

it('takes each line of a sh block, with continued lines joined and comments left out', () => {
  const [block] = commandBlocksOf(
    'README.md',
    fenced('sh', 'npm ci \\', '  && npm test', '', '# why', 'npx tsc --noEmit'),
  );
  expect(block).toEqual({
    file: 'README.md',
    line: 2,
    mode: { kind: 'plain' },
    commands: ['npm ci    && npm test', 'npx tsc --noEmit'],
  });
});

it('leaves blocks of other languages alone, even with a fence inside their text', () => {
  expect(commandBlocksOf('README.md', fenced('json', '{ "a": "```sh" }'))).toEqual([]);
});

it.each([
  ['sh until: http://', { kind: 'until', text: 'http://' }],
  ['sh with-demo', { kind: 'with-demo' }],
  ['sh no-run: needs a reader on USB', { kind: 'no-run', reason: 'needs a reader on USB' }],
])('reads the marker of "%s"', (info, mode) => {
  expect(commandBlocksOf('README.md', fenced(info, 'true'))[0]?.mode).toEqual(mode);
});

it.each(['sh no-run', 'sh no-run:', 'sh skip'])('refuses "%s", which gives no reason', (info) => {
  expect(() => commandBlocksOf('README.md', fenced(info, 'true'))).toThrow('README.md:2');
});

it('drops the steps that were done before', () => {
  expect(withoutSteps('npm ci && npm start', ['npm ci', 'npm test'])).toBe('npm start');
  expect(withoutSteps('npm ci && npm test', ['npm ci', 'npm test'])).toBe('');
});
