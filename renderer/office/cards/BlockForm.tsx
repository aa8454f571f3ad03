import { type FormEvent, useState } from 'react';
import type { OfficeCard } from '#contract/central/office-cards.ts';
import { Message } from '#renderer/ui/Message.tsx';
import { useChange } from '../lists/useList.ts';
import { useOffice } from '../office.ts';
import { useCardWords } from './words.ts';

const reasons = ['lost', 'stolen', 'damaged', 'other'] as const;
type Reason = (typeof reasons)[number];
type Props = { card: OfficeCard; onChanged: () => void };

/** Out of use in the whole network, and back. It can be undone: nothing is asked twice. */
export function BlockForm({ card, onChanged }: Props) {
  const { client } = useOffice();
  const { t, say, trouble: sayTrouble } = useCardWords();
  const { block: words } = t;
  const { busy, trouble, change } = useChange();
  const [reason, setReason] = useState<Reason>('lost');
  const [done, setDone] = useState<string | null>(null);
  const isBlocked = card.status === 'blocked';
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    setDone(null);
    const wanted = isBlocked ? { blocked: false, reason: 'found' as const } : { blocked: true, reason };
    const kept = await change(async () => {
      await client.office.blockCard({ cardNumber: card.cardNumber, ...wanted });
    });
    if (!kept) return;
    setDone(isBlocked ? words.backDone : words.done);
    onChanged();
  };
  if (card.status === 'replaced') return <p className="t2">{words.replaced}</p>;
  const known: Record<string, string> = words.reasons;
  const because = known[card.blockReason ?? '']?.toLowerCase() ?? words.unknownReason;
  return (
    <form className="panel form" onSubmit={(event) => void submit(event)}>
      <h2>{isBlocked ? words.backTitle : words.title}</h2>
      <p className="hint">{isBlocked ? say(words.backDetail, { reason: because }) : words.detail}</p>
      <div className="line">
        {isBlocked ? null : (
          <label className="field">
            <span>{words.reason}</span>
            <select className="input" value={reason} onChange={(event) => setReason(event.target.value as Reason)}>
              {reasons.map((each) => (
                <option key={each} value={each}>
                  {words.reasons[each]}
                </option>
              ))}
            </select>
          </label>
        )}
        <button type="submit" className={`btn small ${isBlocked ? '' : 'danger'}`} aria-disabled={busy || undefined}>
          <span>{isBlocked ? words.back : words.do}</span>
        </button>
      </div>
      <Message trouble={trouble && sayTrouble(trouble)} done={done} takesFocus />
    </form>
  );
}
