import { useState } from 'react';
import { Confirm } from '#renderer/ui/Confirm.tsx';
import { Message } from '#renderer/ui/Message.tsx';
import { useChange } from '../lists/useList.ts';
import { useShopWords } from '../lists/words.ts';
import { useOffice } from '../office.ts';
import type { PersonForm } from './form.ts';

/** Leaving and coming back. Nobody is deleted: what they did stays in their name. */
export function LeavingForm({ member, onChanged }: PersonForm) {
  const { client } = useOffice();
  const { t, say, trouble: sayTrouble } = useShopWords();
  const { staff: words } = t;
  const { busy, trouble, change } = useChange();
  const [asking, setAsking] = useState(false);
  const set = async (active: boolean) => {
    if (busy) return;
    const kept = await change(async () => void (await client.office.changeStaff({ code: member.code, active })));
    if (!kept) return;
    setAsking(false);
    onChanged();
  };
  const { consequences } = words;
  return (
    <section className="panel form">
      <h2>{words.leaveTitle}</h2>
      <p className="hint">{words.leaveDetail}</p>
      <Message trouble={asking ? null : trouble && sayTrouble(trouble)} />
      <div className="line">
        {member.active ? (
          <button type="button" className="btn small danger" onClick={() => setAsking(true)}>
            <span>{words.leave}</span>
          </button>
        ) : (
          <button type="button" className="btn small" aria-disabled={busy || undefined} onClick={() => void set(true)}>
            <span>{words.comeBack}</span>
          </button>
        )}
      </div>
      {asking ? (
        <Confirm
          title={say(words.confirmTitle, { name: member.name })}
          consequences={[consequences.till, consequences.offline, consequences.kept]}
          confirm={say(words.confirm, { name: member.name })}
          cancel={t.lists.cancel}
          busy={busy}
          trouble={trouble && sayTrouble(trouble)}
          onConfirm={() => void set(false)}
          onCancel={() => setAsking(false)}
        />
      ) : null}
    </section>
  );
}
