/** How a block of commands is to be run when every README is tried. */
export type BlockMode =
  | { kind: 'plain' }
  /** Runs until this text has appeared on either output, then is interrupted. */
  | { kind: 'until'; text: string }
  /** Runs beside a demonstration that is up. */
  | { kind: 'with-demo' }
  /** Cannot be run by a machine; the reason is part of the README. */
  | { kind: 'no-run'; reason: string };

export interface CommandBlock {
  file: string;
  line: number;
  mode: BlockMode;
  commands: string[];
}

/**
 * The commands of one README: each line of its ```sh blocks, continued lines joined, comments and empty lines left out.
 * After `sh` may stand `until: TEXT`, `with-demo` or `no-run: REASON`.
 *
 * @throws when a block has a marker that is none of these, or a `no-run` without its reason
 */
export function commandBlocksOf(file: string, markdown: string): CommandBlock[] {
  const blocks: CommandBlock[] = [];
  const lines = markdown.split('\n');
  for (let index = 0; index < lines.length; index++) {
    const fence = lines[index]!.match(/^```(\w*)\s*(.*)$/);
    if (fence === null) continue;
    const start = index;
    const end = lines.findIndex((line, at) => at > start && line.startsWith('```'));
    if (end === -1) throw new Error(`${file}:${start + 1}: the block never ends`);
    if (fence[1] === 'sh') {
      const mode = modeOf(fence[2]!.trim(), `${file}:${start + 1}`);
      blocks.push({ file, line: start + 1, mode, commands: commandsIn(lines.slice(start + 1, end)) });
    }
    index = end;
  }
  return blocks;
}

function modeOf(marker: string, where: string): BlockMode {
  if (marker === '') return { kind: 'plain' };
  if (marker === 'with-demo') return { kind: 'with-demo' };
  const [, word, rest] = marker.match(/^(until|no-run):\s*(.+)$/) ?? [];
  if (word === 'until') return { kind: 'until', text: rest! };
  if (word === 'no-run') return { kind: 'no-run', reason: rest! };
  throw new Error(`${where}: "${marker}" says nothing that can be followed (until: TEXT, with-demo, no-run: REASON)`);
}

function commandsIn(lines: readonly string[]): string[] {
  return lines
    .join('\n')
    .replaceAll('\\\n', ' ')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

/**
 * What is left of `a && b && c` when some of its steps have been done already.
 *
 * @returns the remaining steps, joined again; empty when none is left
 */
export function withoutSteps(command: string, done: readonly string[]): string {
  const steps = command.split('&&').map((step) => step.trim());
  return steps.filter((step) => !done.includes(step)).join(' && ');
}
