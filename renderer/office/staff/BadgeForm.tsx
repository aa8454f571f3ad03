import { type FormEvent, useState } from 'react';
import { parseCardNumber } from '#contract/loyalty/card-number.ts';
import { Message } from '#renderer/ui/Message.tsx';
import { useChange } from '../lists/useList.ts';
import { useShopWords } from '../lists/words.ts';
import { useOffice } from '../office.ts';
import type { PersonForm } from './form.ts';
import { shortestBadge } from './rules.ts';

/** A card of the network is no badge to scan, for its number is printed on it: it clocks in where it lies on the reader. */
const badgeOf = (text: string): string => {
  const number = parseCardNumber(text);
  return number.ok ? `card:${number.value}` : text;
};

/** The badge that signs in at the till. A scanner types it and ends with Enter, which gives it. */
export function BadgeForm({ member, onChanged }: PersonForm) {
  const { client } = useOffice();
  const { t, trouble: sayTrouble } = useShopWords();
  const { staff: words } = t;
  const { busy, trouble, change } = useChange();
  const [badge, setBadge] = useState('');
  const [short, setShort] = useState(false);
  const [done, setDone] = useState(false);
  const give = async (text: string | null) => {
    if (busy) return;
    setDone(false);
    const kept = await change(async () => void (await client.office.setStaffBadge({ code: member.code, badge: text })));
    setDone(kept);
    if (!kept) return;
    setBadge('');
    onChanged();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const text = badge.trim();
    setShort(text.length < shortestBadge);
    if (text.length >= shortestBadge) void give(badgeOf(text));
  };
  return (
    <form className="panel form" onSubmit={submit}>
      <h2>
        {words.badgeTitle} : {member.hasBadge ? words.hasBadge : words.noBadge}
      </h2>
      <label className="field">
        <span>{words.badgeText}</span>
        <input
          className="input"
          type="password"
          autoComplete="off"
          maxLength={200}
          value={badge}
          onChange={(event) => setBadge(event.target.value)}
        />
        <span className="hint">{words.badgeHint}</span>
      </label>
      <Message
        trouble={short ? words.badgeShort : trouble && sayTrouble(trouble)}
        done={done ? words.saved : null}
        takesFocus
      />
      <div className="line">
        <button type="submit" className="btn small" aria-disabled={busy || undefined}>
          <span>{words.setBadge}</span>
        </button>
        {member.hasBadge ? (
          <button type="button" className="btn small" aria-disabled={busy || undefined} onClick={() => void give(null)}>
            <span>{words.removeBadge}</span>
          </button>
        ) : null}
      </div>
    </form>
  );
}
