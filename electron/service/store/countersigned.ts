import type { CountersignedHead } from '#contract/central/index.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import type { StorageError } from './errors.ts';
import { placeOf, positionOf } from './position.ts';
import type { Writer } from './writer.ts';

/** Why a head that the server countersigned is not taken (invariant 14). Nothing has changed. */
export type HeadRefused =
  /** An older head than one already held: a late answer, or a server that lost entries. */
  | { type: 'HeadWentBack'; held: { epoch: number; seq: number }; offered: { epoch: number; seq: number } }
  /** The server claims entries that this terminal has not. */
  | { type: 'HeadAhead'; offered: { epoch: number; seq: number } }
  /** Same place, another entry. */
  | { type: 'HeadDiffers'; offered: { epoch: number; seq: number } };

export interface CountersignedHeads {
  /**
   * Takes the server's word for everything up to this head; the outbox begins after it.
   * The caller has checked the server's signature. The same head again changes nothing.
   * @returns how many entries this acknowledged
   */
  acknowledge(countersigned: CountersignedHead): Result<{ acknowledged: number }, StorageError | HeadRefused>;
}

export function countersignedHeads(writer: Writer): CountersignedHeads {
  const { db } = writer;
  const held = db.prepare<[], { epoch: number; seq: number }>(
    'select epoch, seq from countersigned order by epoch desc limit 1',
  );
  const own = db.prepare<[number], { hash: string; terminal: string | null }>(
    "select hash, iif(json_valid(entry), json_extract(entry, '$.terminal'), null) as terminal from journal where position = ?",
  );
  const put = db.prepare<[number, number, string, string, number, string]>(`
    insert into countersigned (epoch, seq, hash, terminal, at_ms, signature) values (?, ?, ?, ?, ?, ?)
    on conflict (epoch) do update set seq = excluded.seq, hash = excluded.hash, terminal = excluded.terminal,
      at_ms = excluded.at_ms, signature = excluded.signature`);
  const newly = db.prepare<[number, number], { kind: string; entries: number }>(
    'select kind, count(*) as entries from journal where position > ? and position <= ? group by kind',
  );
  const tally = db.prepare<[number, string]>('update tallies set acknowledged = acknowledged + ? where kind = ?');

  const refusal = ({ head, terminal }: CountersignedHead, from: number): HeadRefused | null => {
    const offered = { epoch: head.epoch, seq: head.seq };
    if (positionOf(head) < from) return { type: 'HeadWentBack', held: placeOf(from), offered };
    const row = own.get(positionOf(head));
    if (!row) return { type: 'HeadAhead', offered };
    const same = row.hash === head.hash && row.terminal === terminal;
    return same ? null : { type: 'HeadDiffers', offered };
  };

  return {
    acknowledge: (countersigned) =>
      writer.transact<{ acknowledged: number }, HeadRefused>(() => {
        const { head, terminal, atMs, signature } = countersigned;
        const last = held.get();
        const from = last ? positionOf(last) : 0;
        const refused = refusal(countersigned, from);
        if (refused) return err(refused);
        put.run(head.epoch, head.seq, head.hash, terminal, atMs, signature);
        let acknowledged = 0;
        for (const { kind, entries } of newly.all(from, positionOf(head))) {
          tally.run(entries, kind);
          acknowledged += entries;
        }
        return ok({ acknowledged });
      }),
  };
}
