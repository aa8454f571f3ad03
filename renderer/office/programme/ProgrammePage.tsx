import { useState } from 'react';
import { formatMoment } from '#renderer/ui/format.ts';
import { Icon } from '#renderer/ui/icons.tsx';
import { FieldsContext } from '../form/faults.ts';
import { useOffice } from '../office.ts';
import { sayTrouble } from '../trouble.ts';
import { BasicsSection } from './BasicsSection.tsx';
import { BonusSection } from './BonusSection.tsx';
import { changesBetween } from './changes.ts';
import { EarnSection } from './EarnSection.tsx';
import { EditingContext } from './editing.ts';
import { FileButtons } from './FileButtons.tsx';
import { GiftsSection } from './GiftsSection.tsx';
import { MoneySection } from './MoneySection.tsx';
import { NoticeLine } from './NoticeLine.tsx';
import { PublishDialog } from './PublishDialog.tsx';
import { Trial } from './Trial.tsx';
import { type ProgrammeWork, useProgramme } from './useProgramme.ts';
import { Versions } from './Versions.tsx';
import { useProgrammeWords } from './words.ts';

/** The shop's rules in plain words: edited, tried on purchases, published. */
export function ProgrammePage() {
  const { t, say, office } = useProgrammeWords();
  const work = useProgramme();
  if (!('shown' in work)) {
    return <p aria-busy={!work.trouble}>{work.trouble ? sayTrouble(work.trouble, office, say) : t.loading}</p>;
  }
  return <Rules work={work} />;
}

function Rules({ work }: { work: ProgrammeWork }) {
  const { t } = useProgrammeWords();
  const { shown, form, edit, reading } = work;
  const [tooLarge, setTooLarge] = useState(false);
  const onText = shown.mayWrite
    ? (text: string) => {
        setTooLarge(false);
        void work.importText(text);
      }
    : null;
  return (
    <FieldsContext value={{ faults: reading.faults, currency: shown.current.currency }}>
      <div className="h">
        <div>
          <h1>{t.title}</h1>
          <p>
            <InForce work={work} />
          </p>
        </div>
        <div className="row">
          <FileButtons
            programme={reading.programme ?? shown.current}
            onText={onText}
            onTooLarge={() => setTooLarge(true)}
          />
        </div>
      </div>
      {shown.mayWrite ? null : <p role="status">{t.lookOnly}</p>}
      <NoticeLine work={work} tooLarge={tooLarge} />
      <div className="programme">
        <fieldset className="rules-form" disabled={!shown.mayWrite}>
          <EditingContext value={{ form, edit }}>
            <BasicsSection />
            <EarnSection />
            <GiftsSection />
            <MoneySection />
            <BonusSection />
          </EditingContext>
        </fieldset>
        <div className="aside">
          <Trial current={shown.current} draft={reading.programme} timeZone={shown.timeZone} />
        </div>
      </div>
      <Versions shown={shown} onReuse={work.replace} />
      {shown.mayWrite ? <Publishing work={work} /> : null}
    </FieldsContext>
  );
}

function InForce({ work: { shown } }: { work: ProgrammeWork }) {
  const { now } = useOffice();
  const { t, say, language } = useProgrammeWords();
  const { version } = shown.current;
  const published = shown.versions.find((one) => one.version === version);
  if (!published || published.atMs === null) return say(t.inForce, { version });
  return say(t.inForceSince, { version, when: formatMoment(published.atMs, now(), language), by: published.by });
}

/** How the draft is, and the way to make it the rules. */
function Publishing({ work }: { work: ProgrammeWork }) {
  const { t, say, language } = useProgrammeWords();
  const [asking, setAsking] = useState(false);
  const { shown, reading, basedOn } = work;
  const { programme, faults } = reading;
  const version = shown.current.version + 1;
  const changed = !programme || changesBetween(shown.current, programme, language, t).length > 0;
  const ready = programme !== null && faults.length === 0 && changed && basedOn === shown.current.version;
  return (
    <section className="panel publishing" aria-label={say(t.publish.button, { version })}>
      <p role="status">{changed ? <DraftState work={work} /> : t.draft.none}</p>
      {faults.length > 0 ? (
        <p className="tag stop" role="status">
          <Icon name="warn" />
          {say(t.draft.faults, { count: faults.length })}
        </p>
      ) : null}
      {changed ? (
        <button type="button" className="btn small" onClick={() => void work.discard()}>
          <span>{t.draft.discard}</span>
        </button>
      ) : null}
      <button
        type="button"
        className="btn primary"
        aria-disabled={!ready || undefined}
        onClick={() => (ready ? setAsking(true) : undefined)}
      >
        <span>{say(t.publish.button, { version })}</span>
      </button>
      {asking && programme ? (
        <PublishDialog
          before={shown.current}
          after={programme}
          version={version}
          onCancel={() => setAsking(false)}
          onConfirm={() => {
            setAsking(false);
            void work.publish();
          }}
        />
      ) : null}
    </section>
  );
}

function DraftState({ work: { saving } }: { work: ProgrammeWork }) {
  const { now } = useOffice();
  const { t, say, language } = useProgrammeWords();
  if (saving.state === 'waiting') return t.draft.waiting;
  if (saving.state !== 'saved') return t.draft.saving;
  return say(t.draft.saved, { when: formatMoment(saving.atMs, now(), language), by: saving.by });
}
