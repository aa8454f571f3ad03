import { useEffect, useRef } from 'react';
import type { Programme } from '#contract/loyalty/programme.ts';
import { ChangeList } from './ChangeList.tsx';
import { useProgrammeWords } from './words.ts';

type Props = { before: Programme; after: Programme; version: number; onConfirm: () => void; onCancel: () => void };

/** What publishing means, as a list. The focus is on the safe answer; Escape gives it too. */
export function PublishDialog({ before, after, version, onConfirm, onCancel }: Props) {
  const { t, say } = useProgrammeWords();
  const dialog = useRef<HTMLDialogElement>(null);
  const safe = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
    safe.current?.focus();
  }, []);
  return (
    <dialog ref={dialog} className="confirm" aria-labelledby="publish-title" onClose={onCancel}>
      <h2 id="publish-title">{say(t.publish.title, { version })}</h2>
      <h3>{t.publish.consequences}</h3>
      <ChangeList before={before} after={after} />
      <ul>
        <li>{t.publish.always.tills}</li>
        <li>{t.publish.always.sales}</li>
        <li>{t.publish.always.version}</li>
      </ul>
      <div className="answers">
        <button ref={safe} type="button" className="btn small" onClick={onCancel}>
          <span>{t.publish.cancel}</span>
        </button>
        <button type="button" className="btn small ink" onClick={onConfirm}>
          <span>{say(t.publish.confirm, { version })}</span>
        </button>
      </div>
    </dialog>
  );
}
