import { useEffect, useState } from 'react';
import { formatInteger } from '#contract/money/index.ts';
import type { TillError } from '#contract/till/errors.ts';
import type { JournalReport } from '#contract/till/index.ts';
import { Verdict } from '#renderer/ui/Verdict.tsx';
import { describeError } from '#resources/locales/describe.ts';
import { useCounter } from '../counter.ts';
import { refusalOf, type TillClient } from '../door/client.ts';
import { Action } from '../frame/Action.tsx';
import { useKeys } from '../keyboard/useKeys.ts';
import { useTillView, useWords } from '../useTill.ts';
import { JournalTable } from './JournalTable.tsx';

type Page = Awaited<ReturnType<TillClient['journal']['list']>>;
const pageSize = 50;
const reversibleKinds: readonly string[] = ['loyalty.sale', 'loyalty.spend'];

/** The till's own journal, newest first, and the check that nothing in it was changed. */
export function JournalPage() {
  const { client, screen } = useCounter();
  const { t, say, language } = useWords();
  const unsentEntries = useTillView((view) => view.state?.link.unsentEntries ?? 0);
  const [page, setPage] = useState<Page | null>(null);
  const [report, setReport] = useState<JournalReport | null>(null);
  const [error, setError] = useState<TillError | null>(null);
  const [verifying, setVerifying] = useState(false);
  const [chosen, setChosen] = useState<string | null>(null);

  // A change of the unsent count means new entries, or that the server has received some.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the count is the reason to read again
  useEffect(() => {
    client()
      ?.journal.list({ limit: pageSize })
      .then(setPage, (thrown: unknown) => setError(refusalOf(thrown)));
  }, [client, unsentEntries]);

  const more = async () => {
    const last = page?.entries.at(-1);
    if (!page || !last) return;
    const older = await client()?.journal.list({ before: { epoch: last.epoch, seq: last.seq }, limit: pageSize });
    if (older) setPage({ ...older, entries: [...page.entries, ...older.entries] });
  };
  const verify = async () => {
    if (verifying) return;
    setVerifying(true);
    setError(null);
    try {
      setReport((await client()?.journal.verify()) ?? null);
    } catch (thrown) {
      setError(refusalOf(thrown));
    }
    setVerifying(false);
  };
  const entries = page?.entries ?? [];
  const at = entries.findIndex(({ entry }) => entry === chosen);
  const move = (by: number) => setChosen(entries[Math.min(Math.max(at + by, 0), entries.length - 1)]?.entry ?? null);
  useKeys('screen', { keys: { ArrowDown: () => move(1), ArrowUp: () => move(-1) } });
  const reversible = reversibleKinds.includes(entries[at]?.kind ?? '');
  const head = page?.head;
  return (
    <>
      <section className="eye journal">
        <h1 className="title">{t.journal.title}</h1>
        <JournalTable entries={page?.entries ?? null} chosen={chosen} onChoose={setChosen} />
      </section>
      <section className="hand">
        <p className="lead">{page ? say(t.journal.count, { count: page.total }) : ''}</p>
        {head ? <p className="label mono">{say(t.journal.head, { head: `${head.epoch}-${head.seq}` })}</p> : null}
        <Outcome report={report} error={error} />
        <div className="push" />
        {page && page.entries.length < page.total ? (
          <Action keyName="P" onPress={() => void more()}>
            {t.journal.more}
          </Action>
        ) : null}
        <Action
          keyName="F8"
          kind="quiet"
          disabled={!reversible}
          onPress={() => screen.setState({ page: 'reverse', reversing: entries[at]?.intention ?? null })}
        >
          {t.reverse.title}
        </Action>
        <Action keyName="Escape" onPress={() => screen.setState({ page: 'sale' })}>
          {t.journal.back}
        </Action>
        <Action kind="primary quiet" keyName="Enter" onPress={() => void verify()} disabled={verifying}>
          {verifying ? t.journal.verifying : t.journal.verify}
        </Action>
        <span className="spoken">{page ? formatInteger(page.entries.length, language) : ''}</span>
      </section>
    </>
  );
}

function Outcome({ report, error }: { report: JournalReport | null; error: TillError | null }) {
  const { t, say, language } = useWords();
  if (error) {
    const { title, remedy } = describeError(language, error);
    return (
      <Verdict tone="stop" word={title}>
        {remedy}
      </Verdict>
    );
  }
  if (!report) return null;
  if (report.faults.length === 0) {
    return (
      <Verdict tone="go" word={t.journal.sound}>
        {say(t.journal.soundDetail, { count: report.entries })}
      </Verdict>
    );
  }
  return (
    <>
      <Verdict tone="stop" word={t.journal.faulty}>
        {say(t.journal.faultyDetail, { count: report.faults.length })}
      </Verdict>
      <ul className="faults">
        {report.faults.slice(0, 6).map((fault) => (
          <li key={`${fault.epoch}-${fault.seq}-${fault.what}`}>
            {say(t.journal.fault, { entry: `${fault.epoch}-${fault.seq}`, what: fault.what })}
          </li>
        ))}
      </ul>
    </>
  );
}
