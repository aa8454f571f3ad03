import { useEffect, useRef } from 'react';
import { Icon } from './icons.tsx';

type Props = {
  title: string;
  /** What happens, each by itself. */
  consequences: readonly string[];
  /** Repeats what is done, and to what. */
  confirm: string;
  /** The safe answer: it has the focus. */
  cancel: string;
  busy: boolean;
  trouble: string | null;
  onConfirm: () => void;
  onCancel: () => void;
};

/** Asks once more before what cannot be undone. Escape is the safe answer. */
export function Confirm({ title, consequences, confirm, cancel, busy, trouble, onConfirm, onCancel }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog
      ref={dialog}
      className="confirm"
      aria-labelledby="confirm-title"
      onCancel={(event) => {
        event.preventDefault();
        onCancel();
      }}
    >
      <h2 id="confirm-title">
        <Icon name="warn" />
        <span>{title}</span>
      </h2>
      <ul>
        {consequences.map((each) => (
          <li key={each}>{each}</li>
        ))}
      </ul>
      {trouble ? (
        <p className="message tag stop" role="alert">
          <Icon name="stop" />
          <span>{trouble}</span>
        </p>
      ) : null}
      <div className="answers">
        {/* biome-ignore lint/a11y/noAutofocus: the safe answer of a question that has just come up */}
        <button type="button" className="btn small" autoFocus onClick={onCancel}>
          <span>{cancel}</span>
        </button>
        <button type="button" className="btn small danger" aria-disabled={busy || undefined} onClick={onConfirm}>
          <span>{confirm}</span>
        </button>
      </div>
    </dialog>
  );
}
