import { useState } from 'react';
import type { PublishedVersion } from '#contract/central/office-programme.ts';
import type { Programme } from '#contract/loyalty/programme.ts';
import { formatMoment } from '#renderer/ui/format.ts';
import { useOffice } from '../office.ts';
import { ChangeList } from './ChangeList.tsx';
import type { Shown } from './useProgramme.ts';
import { useProgrammeWords } from './words.ts';

type Open = { rules: Programme; before: Programme | null };
type Props = { shown: Shown; onReuse: (programme: Programme) => void };

/** Every version that was published, what each changed, and a way back to it. */
export function Versions({ shown, onReuse }: Props) {
  const { client } = useOffice();
  const { t } = useProgrammeWords();
  const [older, setOlder] = useState<{ versions: PublishedVersion[]; more: boolean } | null>(null);
  const versions = [...shown.versions, ...(older?.versions ?? [])];
  const more = older ? older.more : shown.more;
  const readMore = async () => {
    const page = await client.office.programme.versions({ before: versions.at(-1)!.version });
    setOlder({ versions: [...(older?.versions ?? []), ...page.versions], more: page.more });
  };
  return (
    <section className="panel versions" aria-labelledby="versions-title">
      <h2 id="versions-title">{t.versions.title}</h2>
      <ul>
        {versions.map((version, index) => (
          <Version
            key={version.version}
            version={version}
            before={versions[index + 1]?.version ?? null}
            inForce={version.version === shown.current.version}
            onReuse={shown.mayWrite ? onReuse : null}
          />
        ))}
      </ul>
      {more ? (
        <button type="button" className="btn small" onClick={() => void readMore().catch(() => {})}>
          <span>{t.versions.more}</span>
        </button>
      ) : null}
    </section>
  );
}

type VersionProps = {
  version: PublishedVersion;
  before: number | null;
  inForce: boolean;
  onReuse: ((programme: Programme) => void) | null;
};

function Version({ version: { version, atMs, by }, before, inForce, onReuse }: VersionProps) {
  const { client, now } = useOffice();
  const { t, say, language } = useProgrammeWords();
  const [open, setOpen] = useState<Open | null>(null);
  const read = async (number: number) => (await client.office.programme.version({ version: number })).programme;
  const toggle = async () => {
    if (open) return setOpen(null);
    setOpen({ rules: await read(version), before: before === null ? null : await read(before) });
  };
  return (
    <li>
      <div className="version">
        <b>{version}</b>
        <span>
          {atMs === null ? t.versions.first : formatMoment(atMs, now(), language)}
          {by === null ? null : `, ${by}`}
        </span>
        {inForce ? <span className="tag go">{t.versions.inForce}</span> : null}
        <button
          type="button"
          className="btn small"
          aria-expanded={open !== null}
          onClick={() => void toggle().catch(() => {})}
        >
          <span>{say(open ? t.versions.hide : t.versions.show, { version })}</span>
        </button>
      </div>
      {open ? (
        <div className="version-detail">
          <h3>{say(t.versions.changed, { version })}</h3>
          {open.before ? <ChangeList before={open.before} after={open.rules} /> : <p>{t.versions.begun}</p>}
          {onReuse && !inForce ? (
            <button type="button" className="btn small" onClick={() => onReuse(open.rules)}>
              <span>{t.versions.reuse}</span>
            </button>
          ) : null}
        </div>
      ) : null}
    </li>
  );
}
