import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { verbs } from '#electron/cli/verbs/index.ts';
import { root } from './files.ts';
import { withVerbTable } from './readme/verb-table.ts';

/** Writes the table of verbs into the README. `npm run check` says when it is no longer the command's own. */
const file = path.join(root, 'README.md');
const written = withVerbTable(readFileSync(file, 'utf8'), verbs);
if (written === undefined) throw new Error('README.md has no place for the table of verbs');
writeFileSync(file, written);
