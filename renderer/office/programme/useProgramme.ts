import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Programme, ShopFacts } from '#contract/loyalty/programme.ts';
import { type CentralClient, type Trouble, troubleOf } from '../api.ts';
import { useOffice } from '../office.ts';
import { isSamePromise } from './changes.ts';
import { formOf, type ProgrammeForm } from './form.ts';
import { type FormReading, readForm } from './read-form.ts';
import { useProgrammeWords } from './words.ts';

export type Shown = Awaited<ReturnType<CentralClient['office']['programme']['show']>>;

/** What is being typed, the rules it began from, and the version it is to follow. */
type Work = { form: ProgrammeForm; base: Programme; basedOn: number };

/** `waiting`: it cannot be read yet. */
export type Saving = { state: 'none' | 'saving' | 'waiting' } | { state: 'saved'; atMs: number; by: string };

export type Notice = { what: 'published'; version: number } | { what: 'discarded' | 'imported' } | { trouble: Trouble };

export type ProgrammeWork = {
  shown: Shown;
  form: ProgrammeForm;
  basedOn: number;
  reading: FormReading;
  saving: Saving;
  notice: Notice | null;
  edit: (change: (form: ProgrammeForm) => ProgrammeForm) => void;
  /** Other rules take the place of what was typed, and are saved as the draft. */
  replace: (programme: Programme) => void;
  keepOn: (version: number) => void;
  discard: () => Promise<void>;
  publish: () => Promise<void>;
  importText: (text: string) => Promise<void>;
};

const typingPauseMs = 800;

/** The shop's programme, with the draft that is being typed; a draft that can be read is saved by itself. */
export function useProgramme(): ProgrammeWork | { trouble: Trouble | null } {
  const { client, session, after } = useOffice();
  const { language } = useProgrammeWords();
  const typed = useRef(language);
  typed.current = language;
  const [shown, setShown] = useState<Shown | null>(null);
  const [work, setWork] = useState<Work | null>(null);
  const [saving, setSaving] = useState<Saving>({ state: 'none' });
  const [notice, setNotice] = useState<Notice | null>(null);
  /** Saves go one after another: an older one never lands on a newer one. */
  const queue = useRef<Promise<void>>(Promise.resolve());
  const savedAs = useRef<Programme | null>(null);

  const fail = useCallback(
    (thrown: unknown) => {
      const trouble = troubleOf(thrown);
      if (trouble.type === 'NotSignedIn') session.setState({ session: null, ended: true });
      setNotice({ trouble });
    },
    [session],
  );

  const load = useCallback(async () => {
    try {
      const answer = await client.office.programme.show();
      const { draft, current } = answer;
      const base = draft?.programme ?? current;
      savedAs.current = base;
      setShown(answer);
      setWork({ form: formOf(base, typed.current), base, basedOn: draft?.basedOn ?? current.version });
      setSaving(draft ? { state: 'saved', atMs: draft.savedAtMs, by: draft.by } : { state: 'none' });
    } catch (thrown) {
      fail(thrown);
    }
  }, [client, fail]);

  useEffect(() => {
    void load();
  }, [load]);

  const reading = useMemo(() => (work && shown ? readForm(work.form, work.base, shopOf(shown)) : null), [work, shown]);

  const save = useCallback(
    (programme: Programme, basedOn: number) => {
      queue.current = queue.current.then(async () => {
        try {
          const { by, savedAtMs } = await client.office.programme.saveDraft({ programme, basedOn });
          savedAs.current = programme;
          setSaving({ state: 'saved', atMs: savedAtMs, by });
        } catch (thrown) {
          fail(thrown);
        }
      });
    },
    [client, fail],
  );

  const programme = reading?.programme ?? null;
  const basedOn = work?.basedOn ?? 0;
  const unread = reading !== null && programme === null;
  const mayWrite = shown?.mayWrite ?? false;
  useEffect(() => {
    if (unread) setSaving({ state: 'waiting' });
    if (!programme || !mayWrite || (savedAs.current && isSamePromise(programme, savedAs.current))) return;
    setSaving({ state: 'saving' });
    return after(typingPauseMs, () => save(programme, basedOn));
  }, [programme, unread, mayWrite, basedOn, after, save]);

  if (!shown || !work || !reading) return { trouble: notice && 'trouble' in notice ? notice.trouble : null };

  /** After the drafts that are on their way. */
  const settle = async (act: () => Promise<Notice | null>) => {
    await queue.current;
    try {
      const done = await act();
      await load();
      setNotice(done);
    } catch (thrown) {
      fail(thrown);
      // Another version may be in force by now: the page shows it beside what was typed.
      const current = await client.office.programme.show().catch(() => null);
      if (current) setShown(current);
    }
  };
  return {
    shown,
    form: work.form,
    basedOn: work.basedOn,
    reading,
    saving,
    notice,
    edit(change) {
      setNotice(null);
      setWork((now) => now && { ...now, form: change(now.form) });
    },
    replace(rules) {
      setNotice(null);
      setWork({ form: formOf(rules, language), base: { ...rules, version: work.base.version }, basedOn: work.basedOn });
    },
    keepOn(version) {
      setNotice(null);
      setWork({ ...work, basedOn: version });
      if (reading.programme) save(reading.programme, version);
    },
    discard: () =>
      settle(async () => {
        await client.office.programme.discardDraft();
        return { what: 'discarded' };
      }),
    publish: () =>
      settle(async () => {
        if (!reading.programme) return null;
        const published = await client.office.programme.publish({
          programme: reading.programme,
          basedOn: work.basedOn,
        });
        return { what: 'published', version: published.programme.version };
      }),
    importText: (text) =>
      settle(async () => {
        await client.office.programme.importFile({ text });
        return { what: 'imported' };
      }),
  };
}

const shopOf = ({ current }: Shown): ShopFacts => ({ currency: current.currency, programmeId: current.id });
