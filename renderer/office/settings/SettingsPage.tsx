import { type FormEvent, useMemo, useState } from 'react';
import type { CurrencyCode } from '#contract/money/index.ts';
import { formatMoment } from '#renderer/ui/format.ts';
import { Icon } from '#renderer/ui/icons.tsx';
import { FieldsContext } from '../form/faults.ts';
import { useOffice } from '../office.ts';
import type { PageProps } from '../page.ts';
import { sayTrouble } from '../trouble.ts';
import { readSettings, type SettingsForm, settingsForm } from './form.ts';
import { ApprovalSection, CounterSection, PinSection } from './Sections.tsx';
import { type ShownSettings, useSettings } from './useSettings.ts';
import { useSettingsWords } from './words.ts';

/** How the shop wants its counters. */
export function SettingsPage({ session: { currency } }: PageProps) {
  const { t, say, office } = useSettingsWords();
  const work = useSettings();
  if (!work.shown)
    return <p aria-busy={!work.trouble}>{work.trouble ? sayTrouble(work.trouble, office, say) : t.loading}</p>;
  // Another version is another form: what was typed belongs to the one it was typed upon.
  return <Settings key={work.shown.version} shown={work.shown} work={work} currency={currency} />;
}

type Props = { shown: ShownSettings; work: ReturnType<typeof useSettings>; currency: CurrencyCode };

function Settings({ shown, work, currency }: Props) {
  const { now } = useOffice();
  const { t, say, language, office } = useSettingsWords();
  const [form, setForm] = useState(() => settingsForm(shown.settings, currency, language));
  const { settings, faults } = useMemo(() => readSettings(form, shown.settings, currency), [form, shown, currency]);
  const changed = settings === null || JSON.stringify(settings) !== JSON.stringify(shown.settings);
  const set = (change: Partial<SettingsForm>) => {
    work.touched();
    setForm((current) => ({ ...current, ...change }));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (settings && changed) void work.save(settings);
  };
  const { trouble } = work;
  return (
    <FieldsContext value={{ faults, currency }}>
      <div className="h">
        <div>
          <h1>{t.title}</h1>
          <p>
            {shown.atMs === null
              ? t.begun
              : say(t.changed, {
                  when: formatMoment(shown.atMs, now(), language),
                  by: shown.by === 'network' ? t.network : shown.by,
                })}
          </p>
        </div>
      </div>
      {shown.mayWrite ? null : <p role="status">{t.lookOnly}</p>}
      {trouble ? (
        <div className="err warn" role="alert">
          <Icon name="warn" />
          <p>{trouble.type === 'VersionChanged' ? t.overtaken : sayTrouble(trouble, office, say)}</p>
        </div>
      ) : null}
      <form onSubmit={submit}>
        <fieldset className="settings" disabled={!shown.mayWrite}>
          <PinSection form={form} set={set} />
          <CounterSection form={form} set={set} />
          <ApprovalSection form={form} set={set} />
        </fieldset>
        {shown.mayWrite ? (
          <div className="row save">
            <button
              type="submit"
              className="btn small ink"
              aria-disabled={!settings || !changed || work.busy || undefined}
            >
              <span>{work.busy ? t.saving : t.save}</span>
            </button>
            <p role="status" className={work.saved ? 'tag go wrap-text' : 't2'}>
              {work.saved ? <Icon name="ok" /> : null}
              {work.saved ? t.saved : changed ? '' : t.nothing}
            </p>
          </div>
        ) : null}
      </form>
    </FieldsContext>
  );
}
