import { type FormEvent, useState } from 'react';
import { type ShopRole, shopRoles } from '#contract/central/office-staff.ts';
import type { Role } from '#contract/till/state.ts';
import { Message } from '#renderer/ui/Message.tsx';
import { useChange } from '../lists/useList.ts';
import { useShopWords } from '../lists/words.ts';
import { useOffice } from '../office.ts';
import type { PersonForm } from './form.ts';
import { RoleField } from './RoleField.tsx';

const isShopRole = (role: Role): role is ShopRole => (shopRoles as readonly Role[]).includes(role);

/** Name and role. */
export function BasicsForm({ member, onChanged }: PersonForm) {
  const { client } = useOffice();
  const { t, trouble: sayTrouble } = useShopWords();
  const { busy, trouble, change } = useChange();
  const [name, setName] = useState(member.name);
  const [role, setRole] = useState<ShopRole | null>(isShopRole(member.role) ? member.role : null);
  const [done, setDone] = useState(false);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (busy || name.trim() === '') return;
    setDone(false);
    const kept = await change(async () => {
      await client.office.changeStaff({ code: member.code, name: name.trim(), ...(role ? { role } : {}) });
    });
    setDone(kept);
    if (kept) onChanged();
  };
  return (
    <form className="panel form" onSubmit={(event) => void save(event)}>
      <label className="field">
        <span>{t.staff.name}</span>
        <input className="input" maxLength={80} value={name} onChange={(event) => setName(event.target.value)} />
      </label>
      {role ? <RoleField role={role} onChange={setRole} /> : null}
      <Message trouble={trouble && sayTrouble(trouble)} done={done ? t.staff.saved : null} takesFocus />
      <div className="line">
        <button type="submit" className="btn small ink" aria-disabled={busy || undefined}>
          <span>{t.staff.save}</span>
        </button>
      </div>
    </form>
  );
}
