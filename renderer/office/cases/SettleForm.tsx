import { type FormEvent, useState } from 'react';
import type { CaseDecision, OfficeCase } from '#contract/central/office-cards.ts';
import { Message } from '#renderer/ui/Message.tsx';
import { useCardWords } from '../cards/words.ts';
import { useChange } from '../lists/useList.ts';
import { useOffice } from '../office.ts';

/** The decision and its note. It cannot be taken back: the case stays on record with it. */
export function SettleForm({ found, onSettled }: { found: OfficeCase; onSettled: () => void }) {
  const { client } = useOffice();
  const { t, trouble: sayTrouble } = useCardWords();
  const { cases: words } = t;
  const { busy, trouble, change } = useChange();
  const [decision, setDecision] = useState<CaseDecision | undefined>(found.choices[0]);
  const [note, setNote] = useState('');
  const [missing, setMissing] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    setMissing(note.trim() === '');
    if (note.trim() === '' || decision === undefined) return;
    const done = await change(async () => {
      await client.office.settleCase({ key: found.key, decision, note: note.trim() });
    });
    if (done) onSettled();
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <div className="line">
        <label className="field">
          <span>{found.choices.includes('carried-out') ? words.answer : words.decision}</span>
          <select
            className="input"
            value={decision}
            onChange={(event) => setDecision(event.target.value as CaseDecision)}
          >
            {found.choices.map((each) => (
              <option key={each} value={each}>
                {words.decisions[each]}
              </option>
            ))}
          </select>
        </label>
        <label className="field note">
          <span>{words.note}</span>
          <input
            className="input"
            maxLength={500}
            placeholder={words.noteHint}
            aria-invalid={missing || undefined}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        </label>
        <button type="submit" className="btn small ink" aria-disabled={busy || undefined}>
          <span>{words.settle}</span>
        </button>
      </div>
      <Message trouble={missing ? words.missing : trouble && sayTrouble(trouble)} takesFocus />
    </form>
  );
}
