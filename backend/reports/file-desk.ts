import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type Database, inScope, inTenant } from '#backend/db/tenancy.ts';
import type { Session } from '#backend/parties/sessions.ts';
import type { Random } from '#backend/random.ts';
import { refusal } from '#backend/refusal.ts';
import type { CentralError } from '#contract/central/index.ts';
import { Language } from '#contract/money/index.ts';
import { exportFormats } from '#contract/reports/columns.ts';
import { err, type Result } from '#contract/result/index.ts';
import type { Clock } from '#contract/time/index.ts';
import { type ExportedFile, exporter } from './export.ts';
import { type FileParts, fileNames, officeLists } from './office-lists.ts';

type Answer<T> = Promise<Result<T, CentralError>>;

const linkLifeMs = 60_000;

const text = z.string().optional();
/** What a link stands for, as it is kept. */
const FileAsked = z.object({
  list: z.enum(fileNames),
  format: z.enum(exportFormats),
  language: Language.optional(),
  from: text,
  to: text,
  terminal: text,
  search: text,
  status: text,
  card: text,
});
export type FileAsked = z.infer<typeof FileAsked>;

export type FileDesk = {
  file(tenant: string, asked: FileAsked): Answer<ExportedFile>;
  /** A path on this server that gives the file once, to whoever has it, for a minute. */
  link(session: Session, asked: FileAsked): Promise<{ url: string; expiresAtMs: number }>;
  /** Refusals: NotFound (unknown, used and expired alike), and those of `file`. */
  linked(link: string): Answer<ExportedFile>;
};

type Parts = FileParts & { db: Database; clock: Clock; random: Random };

/** Lists as files, on the spot or by a link that a browser can save from. */
export function fileDesk({ db, clock, random, ...parts }: Parts): FileDesk {
  const make = exporter(db, clock);
  const lists = officeLists(parts);
  const file = (tenant: string, { list, format, language, ...filter }: FileAsked) =>
    lists[list](make, tenant, { format, language, filter });
  return {
    file,
    async link({ person: { tenant } }, asked) {
      const token = random(32).toString('base64url');
      const expiresAtMs = clock.wallMs() + linkLifeMs;
      await inTenant(db, tenant, async (trx) => {
        const old = trx.deleteFrom('export_links').where('tenant_id', '=', tenant);
        await old.where('expires_at', '<', new Date(clock.wallMs())).execute();
        const row = { tenant_id: tenant, wanted: JSON.stringify(asked), expires_at: new Date(expiresAtMs) };
        await trx
          .insertInto('export_links')
          .values({ token_hash: hashOf(token), ...row })
          .execute();
      });
      // In the query, which is never logged; the path is.
      return { url: `/v1/exports?link=${token}`, expiresAtMs };
    },
    async linked(link) {
      const hash = hashOf(link);
      const used = await inScope(db, { key: hash }, (trx) =>
        trx.deleteFrom('export_links').where('token_hash', '=', hash).returningAll().executeTakeFirst(),
      );
      if (!used || used.expires_at.getTime() < clock.wallMs()) return err(refusal('NotFound'));
      return file(used.tenant_id, FileAsked.parse(used.wanted));
    },
  };
}

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

/** The file as an answer of the contract: its headers, and its content as it is read. */
export const fileAnswer = (file: ExportedFile) => ({
  headers: {
    'content-type': file.mediaType,
    'content-disposition': `attachment; filename="${file.name}"`,
    'x-comptoir-rows': String(file.rows),
  },
  body: new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await file.content.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      async cancel() {
        await file.content.return();
        await file.end();
      },
    },
    { highWaterMark: 0 },
  ),
});
