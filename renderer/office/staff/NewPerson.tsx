import { type FormEvent, useState } from 'react';
import type { ShopRole } from '#contract/central/office-staff.ts';
import { Message } from '#renderer/ui/Message.tsx';
import { Secret } from '../lists/Secret.tsx';
import { useChange } from '../lists/useList.ts';
import { useShopWords } from '../lists/words.ts';
import { useOffice } from '../office.ts';
import { BackToStaff } from './BackToStaff.tsx';
import { RoleField } from './RoleField.tsx';
import { pinForm } from './rules.ts';

/** Adds a member of staff. A PIN that was drawn is shown once, here. */
export function NewPerson() {
  const { client } = useOffice();
  const { t, say, trouble: sayTrouble } = useShopWords();
  const { staff: words } = t;
  const { busy, trouble, change } = useChange();
  const [person, setPerson] = useState<{ name: string; code: string; role: ShopRole; pin: string }>(nobody);
  const [wrong, setWrong] = useState<string | null>(null);
  const [added, setAdded] = useState<{ code: string; name: string; pin: string | null } | null>(null);
  const set = (part: Partial<typeof person>) => setPerson((now) => ({ ...now, ...part }));

  const add = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    const asked = { ...person, name: person.name.trim(), code: person.code.trim() };
    const fault =
      asked.name === '' || asked.code === ''
        ? words.missing
        : asked.pin !== '' && !pinForm.test(asked.pin)
          ? words.pinWrong
          : null;
    setWrong(fault);
    if (fault) return;
    await change(async () => {
      const { pin } = await client.office.addStaff({ ...asked, pin: asked.pin === '' ? null : asked.pin });
      setAdded({ code: asked.code, name: asked.name, pin });
      setPerson(nobody);
    });
  };
  return (
    <>
      <BackToStaff />
      <h1 className="page-title">{words.addTitle}</h1>
      <form className="panel form" onSubmit={(event) => void add(event)}>
        <label className="field">
          <span>{words.name}</span>
          <input
            className="input"
            maxLength={80}
            value={person.name}
            onChange={(event) => set({ name: event.target.value })}
          />
        </label>
        <label className="field">
          <span>{words.code}</span>
          <input
            className="input"
            maxLength={32}
            autoCapitalize="none"
            spellCheck={false}
            value={person.code}
            onChange={(event) => set({ code: event.target.value.toLowerCase() })}
          />
          <span className="hint">{words.codeHint}</span>
        </label>
        <RoleField role={person.role} onChange={(role) => set({ role })} />
        <label className="field">
          <span>{words.pin}</span>
          <input
            className="input"
            type="password"
            inputMode="numeric"
            autoComplete="new-password"
            maxLength={12}
            value={person.pin}
            onChange={(event) => set({ pin: event.target.value })}
          />
          <span className="hint">{words.pinHint}</span>
        </label>
        <Message
          trouble={wrong ?? (trouble && sayTrouble(trouble))}
          done={added && added.pin === null ? words.saved : null}
          takesFocus
        />
        <div className="line">
          <button type="submit" className="btn small ink" aria-disabled={busy || undefined}>
            <span>
              {person.name.trim() === '' ? words.createNobody : say(words.create, { name: person.name.trim() })}
            </span>
          </button>
        </div>
      </form>
      {added?.pin ? (
        <Secret
          key={added.code}
          title={say(words.pinDrawn, { name: added.name })}
          value={added.pin}
          detail={words.pinOnce}
        />
      ) : null}
    </>
  );
}

const nobody = { name: '', code: '', role: 'cashier' as ShopRole, pin: '' };
