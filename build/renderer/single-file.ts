import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

/** Vite's types of a bundle are wide; these are the members read here. */
type Piece = { type: 'chunk' | 'asset'; fileName: string; code?: string; source?: string | Uint8Array };

const textOf = ({ code, source }: Piece): string =>
  code ?? (typeof source === 'string' ? source : new TextDecoder().decode(source));

/** Nothing in a script may end it. */
const inScript = (code: string): string => code.replaceAll('</script', '<\\/script');

/**
 * Puts scripts and styles into the page itself: one file that needs no other, whether it comes from a server, from a service
 * worker's cache or from a disk.
 * @param beside files that are copied next to the page as they are: name to path
 */
export function singleFile(beside: Readonly<Record<string, string>>): Plugin {
  return {
    name: 'single-file',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const pieces = Object.values(bundle) as Piece[];
      const page = pieces.find(({ fileName }) => fileName === 'index.html');
      if (!page) throw new Error('no page to put things into');
      let html = textOf(page);
      for (const piece of pieces) {
        const name = piece.fileName.replaceAll('.', '\\.');
        const tag = piece.fileName.endsWith('.js')
          ? {
              pattern: `<script[^>]*src="\\./${name}"[^>]*></script>`,
              made: `<script type="module">${inScript(textOf(piece))}</script>`,
            }
          : { pattern: `<link[^>]*href="\\./${name}"[^>]*>`, made: `<style>${textOf(piece)}</style>` };
        if (piece === page) continue;
        const found = new RegExp(tag.pattern).exec(html)?.[0];
        if (!found) throw new Error(`${piece.fileName} stands nowhere in the page`);
        html = html.replace(found, '');
        // A script in the page runs where it stands: behind what it looks for.
        const place = piece.fileName.endsWith('.js') ? '</body>' : '</head>';
        html = html.replace(place, () => `${tag.made}\n${place}`);
        delete bundle[piece.fileName];
      }
      page.source = html;
      for (const [fileName, path] of Object.entries(beside)) {
        this.emitFile({ type: 'asset', fileName, source: readFileSync(path) });
      }
    },
  };
}
