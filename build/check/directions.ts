import { execFile } from 'node:child_process';
import path from 'node:path';
import { z } from 'zod';
import { root } from '../files.ts';

export interface DirectionsReport {
  /** The repository's own files that were read. */
  files: string[];
  /** One line each: the rule, the importing file, the imported one. */
  violations: string[];
}

const CruiseOutput = z.object({
  modules: z.array(z.object({ source: z.string() })),
  summary: z.object({
    violations: z.array(
      z.object({
        rule: z.object({ name: z.string() }),
        from: z.string(),
        to: z.string(),
        cycle: z.array(z.object({ name: z.string() })).optional(),
      }),
    ),
  }),
});

/**
 * Checks the import directions of `.dependency-cruiser.json`, type imports included.
 *
 * @param folder the folder that holds the layers: the repository's top, or a small copy of its shape under test
 * @param layers the layers to read, relative to `folder`
 * @throws when the checker itself cannot run
 */
export async function checkDirections(folder: string, layers: readonly string[]): Promise<DirectionsReport> {
  const program = path.join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const config = path.join(root, '.dependency-cruiser.json');
  const output = await standardOutputOf([program, '--config', config, '--output-type', 'json', ...layers], folder);
  const { modules, summary } = CruiseOutput.parse(JSON.parse(output));
  return {
    files: modules
      .map((module) => module.source)
      .filter((source) => layers.some((layer) => source.startsWith(`${layer}/`))),
    violations: summary.violations.map(({ rule, from, to, cycle }) => {
      const around = cycle === undefined ? to : cycle.map((step) => step.name).join(' -> ');
      return `${rule.name}: ${from} -> ${around}`;
    }),
  };
}

function standardOutputOf(args: string[], cwd: string): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { cwd, maxBuffer: 256 * 1024 * 1024 }, (error, stdout, stderr) => {
      // The status tells the number of violations, so only an empty output is a failure to run.
      if (stdout === '') reject(new Error(`dependency-cruiser did not run: ${stderr || error?.message}`));
      else resolve(stdout);
    });
  });
}
