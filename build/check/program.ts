import { execFile } from 'node:child_process';
import path from 'node:path';
import { root } from '../files.ts';

/**
 * Runs a checker written for Node at the repository's top.
 *
 * @param script its file, relative to the top
 * @returns nothing when it left with 0; else all it said, as one fault
 */
export function runProgram(script: string, args: readonly string[]): Promise<string[]> {
  const options = { cwd: root, maxBuffer: 64 * 1024 * 1024, env: { ...process.env, NO_COLOR: '1' } };
  return new Promise((resolve) => {
    execFile(process.execPath, [path.join(root, script), ...args], options, (error, stdout, stderr) => {
      const said = `${stdout}${stderr}`.trim();
      resolve(error === null ? [] : [said || error.message]);
    });
  });
}
