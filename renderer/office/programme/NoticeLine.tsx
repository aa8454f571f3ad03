import { Icon } from '#renderer/ui/icons.tsx';
import type { Trouble } from '../api.ts';
import { useFormWords } from '../form/words.ts';
import { sayTrouble } from '../trouble.ts';
import type { Notice, ProgrammeWork } from './useProgramme.ts';
import { useProgrammeWords } from './words.ts';

/** What just happened, what went wrong, and a version that came in between. */
export function NoticeLine({ work, tooLarge }: { work: ProgrammeWork; tooLarge: boolean }) {
  const { t } = useProgrammeWords();
  const { notice, shown, basedOn } = work;
  const behind = basedOn < shown.current.version;
  return (
    <>
      {notice && 'what' in notice ? (
        <p className="tag go wrap-text" role="status">
          <Icon name="ok" />
          <Done notice={notice} />
        </p>
      ) : null}
      {tooLarge || (notice && 'trouble' in notice) ? (
        <div className="err warn" role="alert">
          <Icon name="warn" />
          <p>{notice && 'trouble' in notice ? <TroubleText trouble={notice.trouble} /> : t.errors.fileTooLarge}</p>
        </div>
      ) : null}
      {behind && shown.mayWrite ? <Behind work={work} /> : null}
    </>
  );
}

function Done({ notice }: { notice: Extract<Notice, { what: string }> }) {
  const { t, say } = useProgrammeWords();
  return notice.what === 'published' ? say(t.draft.published, { version: notice.version }) : t.draft[notice.what];
}

function TroubleText({ trouble }: { trouble: Trouble }) {
  const { t, say, office } = useProgrammeWords();
  const { faults } = useFormWords().t;
  if (trouble.type === 'ProgrammeContradictory') {
    const words: Record<string, string> = faults;
    const reason = say(words[String(trouble.facts?.why)] ?? faults.shape, trouble.facts);
    return say(t.errors.fileRefused, { rule: String(trouble.facts?.rule ?? ''), reason });
  }
  if (trouble.type === 'VersionChanged') return say(t.errors.VersionChanged, trouble.facts);
  return sayTrouble(trouble, office, say);
}

/** Someone else published since the draft was begun: nothing of either is lost before a person has chosen. */
function Behind({ work }: { work: ProgrammeWork }) {
  const { t, say } = useProgrammeWords();
  const { version } = work.shown.current;
  return (
    <div className="err warn" role="alert">
      <Icon name="warn" />
      <div>
        <b>{say(t.draft.behind, { version })}</b>
        <p>{t.draft.behindDetail}</p>
        <div className="row">
          <button type="button" className="btn small" onClick={() => work.keepOn(version)}>
            <span>{t.draft.keep}</span>
          </button>
          <button type="button" className="btn small" onClick={() => void work.discard()}>
            <span>{say(t.draft.restart, { version })}</span>
          </button>
        </div>
      </div>
    </div>
  );
}
