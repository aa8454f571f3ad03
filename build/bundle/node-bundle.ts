import path from 'node:path';
import { build } from 'vite';
import { root } from '../files.ts';

export interface NodeBundle {
  /** The first module, relative to the repository's top. */
  entry: string;
  /** Where it goes, under `dist`: `service/main.js`. The ending decides the form: `.cjs` for a sandboxed preload, else ES modules. */
  output: string;
  /** Packages that stay outside. */
  external: readonly string[];
}

/**
 * Bundles a program for Node or Electron's main side: everything in it but Node itself and the named packages.
 * @param folder what `output` is relative to
 */
export async function bundleForNode(
  { entry, output, external }: NodeBundle,
  folder: string = path.join(root, 'dist'),
): Promise<void> {
  const outDir = path.join(folder, path.dirname(output));
  const file = path.basename(output);
  await build({
    configFile: false,
    root,
    logLevel: 'warn',
    publicDir: false,
    ssr: { target: 'node', noExternal: true, external: [...external] },
    build: {
      ssr: path.join(root, entry),
      outDir,
      emptyOutDir: true,
      target: 'node24',
      minify: false,
      sourcemap: false,
      rolldownOptions: {
        output: {
          format: file.endsWith('.cjs') ? 'cjs' : 'es',
          entryFileNames: file,
          chunkFileNames: '[name]-[hash].js',
        },
      },
    },
  });
}
