import path from 'node:path';
import { commandBlocksOf } from './commands.ts';

/** A README is a page: who needs more reads the code it points to. */
const longestReadmeLines = 100;

export interface Surroundings {
  /** Whether a path relative to the repository's top is there. */
  exists: (file: string) => boolean;
  /** The names of package.json's scripts. */
  scripts: readonly string[];
}

/**
 * What is wrong with one README: too long, a link to nothing, a command that does not exist, a block nobody can follow.
 *
 * @param file its path relative to the repository's top
 * @returns one line per fault, each beginning with the file
 */
export function readmeFaults(file: string, markdown: string, around: Surroundings): string[] {
  const faults: string[] = [];
  const length = withoutVerbs(markdown).trimEnd().split('\n').length;
  if (length > longestReadmeLines) faults.push(`${file}: ${length} lines, a page is ${longestReadmeLines} at most`);
  for (const target of linkTargets(markdown)) {
    const wanted = path.posix.join(path.posix.dirname(file), target);
    if (!around.exists(wanted)) faults.push(`${file}: links to ${target}, which is not there`);
  }
  for (const [, script] of markdown.matchAll(/npm run (?:-s )?([\w:-]+)/g)) {
    if (!around.scripts.includes(script!)) faults.push(`${file}: names "npm run ${script}", which package.json lacks`);
  }
  try {
    commandBlocksOf(file, markdown);
  } catch (error) {
    faults.push(error instanceof Error ? error.message : String(error));
  }
  return faults;
}

/** The command's table is written by the command itself, and as long as its verbs are many. */
const withoutVerbs = (markdown: string): string => markdown.replace(/<!-- verbs[\s\S]*<!-- \/verbs -->/, '');

/** The relative targets of links and pictures, without their anchors. */
function linkTargets(markdown: string): string[] {
  const outsideCode = markdown.replaceAll(/```[\s\S]*?```/g, '').replaceAll(/`[^`\n]*`/g, '');
  return [...outsideCode.matchAll(/\]\(([^)\s]+)\)/g)]
    .map((match) => match[1]!)
    .filter((target) => !/^(https?:|mailto:|#)/.test(target))
    .map((target) => target.split('#')[0]!);
}

/** The top-level folders of code that hold no README.md. */
export function foldersWithoutReadme(files: readonly string[]): string[] {
  const folders = new Set(
    files.filter((file) => /^[^./][^/]*\/.+\.tsx?$/.test(file)).map((file) => file.split('/')[0]!),
  );
  return [...folders].filter((folder) => !files.includes(`${folder}/README.md`)).sort();
}
