import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { formatInteger } from '#contract/money/index.ts';
import type { ExportFormat } from '#contract/reports/columns.ts';
import { tillError } from '#contract/till/errors.ts';
import { done, refused } from '../outcome.ts';
import type { Verb } from '../verb.ts';

/** More than this in one JSON document helps nobody: `--output` takes any size. */
const maxInlineBytes = 64 * 1024 * 1024;

/** Into a file, or onto standard output; with --json, into the document. */
export const journalExport: Verb = {
  name: 'journal export',
  usage: '[--from DAY] [--to DAY] --format csv|xlsx|json [--output FILE]',
  summary: {
    fr: 'le journal de cette caisse entre deux jours, en fichier ou sur la sortie standard',
    en: "this till's journal between two days, as a file or on standard output",
  },
  options: {
    from: { type: 'string' },
    to: { type: 'string' },
    format: { type: 'string' },
    output: { type: 'string' },
  },
  needs: ['format'],
  async run({ till, options, json, language, progress }) {
    const format = options.format as ExportFormat;
    const file = typeof options.output === 'string' ? options.output : null;
    const asked = { from: dayOf(options.from), to: dayOf(options.to), format, language };
    const sink = file !== null ? fileSink(file) : json ? memorySink() : streamSink(process.stdout);
    let entries = 0;
    try {
      for await (const piece of await till.journal.export(asked)) {
        if (piece.piece === 'bytes') await sink.write(Buffer.from(piece.base64, 'base64'));
        else entries = piece.entries;
      }
      await sink.end();
    } catch (thrown) {
      const { code, path } = thrown as NodeJS.ErrnoException;
      if (code === undefined || path === undefined) throw thrown;
      return refused(tillError('InvalidRequest', { what: `--output ${path}: ${code}` }));
    }
    const said = { fr: 'écritures', en: 'entries' }[language];
    const text = `${formatInteger(entries, language)} ${said}${file === null ? '' : `, ${file}`}`;
    if (file === null && !json) {
      // Standard output is the file: nothing else may stand in it.
      progress(text);
      return { status: 'ended', exitStatus: 0 };
    }
    const inline = sink.content?.();
    const content = inline && { content: inline.toString(format === 'xlsx' ? 'base64' : 'utf8') };
    return done({ entries, format, file, ...content }, text);
  },
};

const dayOf = (option: string | boolean | undefined): string | null => (typeof option === 'string' ? option : null);

type Sink = { write(bytes: Buffer): Promise<void>; end(): Promise<void>; content?: () => Buffer };

function streamSink(stream: Writable): Sink {
  return {
    async write(bytes) {
      if (!stream.write(bytes)) await once(stream, 'drain');
    },
    end: async () => {},
  };
}

function fileSink(path: string): Sink {
  const stream = createWriteStream(path);
  const ended = finished(stream);
  // Looked at when it is awaited; until then it must not count as unheard.
  ended.catch(() => {});
  return {
    async write(bytes) {
      if (!stream.write(bytes)) await Promise.race([once(stream, 'drain'), ended]);
    },
    async end() {
      stream.end();
      await ended;
    },
  };
}

function memorySink(): Sink {
  const pieces: Buffer[] = [];
  let size = 0;
  return {
    async write(bytes) {
      size += bytes.length;
      if (size > maxInlineBytes) throw new RangeError('too large for one document: give --output FILE');
      pieces.push(bytes);
    },
    end: async () => {},
    content: () => Buffer.concat(pieces),
  };
}
