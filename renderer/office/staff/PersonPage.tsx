import { useCallback, useState } from 'react';
import { officeRoles, shopRoles } from '#contract/central/office-staff.ts';
import type { Role } from '#contract/till/state.ts';
import { Message } from '#renderer/ui/Message.tsx';
import { Secret } from '../lists/Secret.tsx';
import { useList } from '../lists/useList.ts';
import { useShopWords } from '../lists/words.ts';
import { useOffice } from '../office.ts';
import type { Session } from '../session.ts';
import { BackToStaff } from './BackToStaff.tsx';
import { BadgeForm } from './BadgeForm.tsx';
import { BasicsForm } from './BasicsForm.tsx';
import { LeavingForm } from './LeavingForm.tsx';
import { PasswordForm } from './PasswordForm.tsx';
import { PinForm } from './PinForm.tsx';

/** One member of staff and everything that can be changed about them. */
export function PersonPage({ code, session }: { code: string; session: Session }) {
  const { client } = useOffice();
  const { t, say, trouble: sayTrouble } = useShopWords();
  const { staff: words } = t;
  const read = useCallback(async () => {
    const found = await client.office.staff({ search: code, limit: 200 });
    const rows = found.rows.filter((member) => member.code === code);
    return { rows, next: null, count: rows.length };
  }, [client, code]);
  const { page, trouble, reload } = useList(read);
  const [drawn, setDrawn] = useState<string | null>(null);
  const member = page?.rows[0];
  if (!member) {
    return (
      <>
        <BackToStaff />
        <Message trouble={trouble ? sayTrouble(trouble) : page ? words.unknown : null} />
      </>
    );
  }
  const isOurs = session.role === 'network-admin' || (shopRoles as readonly Role[]).includes(member.role);
  const mayChange = session.role !== 'auditor' && isOurs;
  const changed = (pin: string | null = null) => {
    setDrawn(pin);
    void reload();
  };
  return (
    <>
      <BackToStaff />
      <div className="h">
        <div>
          <h1>{member.name}</h1>
          <p>
            {`${words.roles[member.role]}, `}
            <span className="mono">{member.code}</span>
            {member.active ? '' : `, ${words.inactive.toLowerCase()}`}
          </p>
        </div>
      </div>
      {drawn ? (
        <Secret key={drawn} title={say(words.pinDrawn, { name: member.name })} value={drawn} detail={words.pinOnce} />
      ) : null}
      {mayChange ? (
        <div className="sheets">
          <BasicsForm member={member} onChanged={changed} />
          <PinForm member={member} onChanged={changed} />
          <BadgeForm member={member} onChanged={changed} />
          <PasswordForm member={member} mayEnter={officeRoles.includes(member.role)} onChanged={changed} />
          <LeavingForm member={member} onChanged={changed} />
        </div>
      ) : (
        <p className="t2">{isOurs ? words.lookOnly : words.notOurs}</p>
      )}
    </>
  );
}
