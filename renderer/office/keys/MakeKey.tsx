import { type FormEvent, useState } from 'react';
import { Message } from '#renderer/ui/Message.tsx';
import { Secret } from '../lists/Secret.tsx';
import { useChange } from '../lists/useList.ts';
import { useShopWords } from '../lists/words.ts';
import { useOffice } from '../office.ts';

/** Makes a key and shows it once, with a line that uses it. */
export function MakeKey({ onMade }: { onMade: () => void }) {
  const { client, origin } = useOffice();
  const { t, say, trouble: sayTrouble } = useShopWords();
  const { busy, trouble, change } = useChange();
  const [name, setName] = useState('');
  const [days, setDays] = useState('365');
  const [missing, setMissing] = useState(false);
  const [made, setMade] = useState<{ name: string; key: string } | null>(null);
  const make = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    const asked = name.trim();
    setMissing(asked === '');
    if (asked === '') return;
    await change(async () => {
      const { key } = await client.office.makeApiKey({ name: asked, days: Number(days) });
      setMade({ name: asked, key });
      setName('');
      onMade();
    });
  };
  return (
    <>
      <form className="panel form" onSubmit={(event) => void make(event)}>
        <h2>{t.keys.make}</h2>
        <div className="line">
          <label className="field">
            <span>{t.keys.name}</span>
            <input
              className="input"
              maxLength={60}
              placeholder={t.keys.nameHint}
              value={name}
              aria-invalid={missing || undefined}
              onChange={(event) => setName(event.target.value)}
            />
          </label>
          <label className="field short">
            <span>{t.keys.days}</span>
            <select className="input" value={days} onChange={(event) => setDays(event.target.value)}>
              {Object.entries(t.keys.daysOf).map(([value, words]) => (
                <option key={value} value={value}>
                  {words}
                </option>
              ))}
            </select>
          </label>
          <button type="submit" className="btn small ink" aria-disabled={busy || undefined}>
            <span>{t.keys.make}</span>
          </button>
        </div>
        <Message trouble={missing ? t.keys.missing : trouble && sayTrouble(trouble)} takesFocus />
      </form>
      {made ? (
        <>
          <Secret key={made.key} title={say(t.keys.made, made)} value={made.key} detail={t.keys.once} />
          <div>
            <p className="t2">{t.keys.how}</p>
            <pre className="example">
              {`curl -H "Authorization: Bearer ${made.key.slice(0, 7)}…" -o transactions.csv \\\n  "${origin}/v1/office/transactions/export?format=csv&from=2026-11-01&to=2026-11-30"`}
            </pre>
          </div>
        </>
      ) : null}
    </>
  );
}
