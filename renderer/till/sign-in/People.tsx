import type { StaffMember } from '#contract/till/state.ts';
import { initialsOf } from '#renderer/ui/format.ts';
import { KeyCap, keepFocus } from '../frame/Action.tsx';
import { useTillView, useWords } from '../useTill.ts';

type Props = {
  names: StaffMember[];
  letters: string[];
  chosen: StaffMember | null;
  onChoose: (staff: StaffMember) => void;
};

/** The names of this till. A demonstration shows their PINs; no other installation has them to show. */
export function People({ names, letters, chosen, onChoose }: Props) {
  const { t, say } = useWords();
  const demo = useTillView((view) => view.demo);
  const pins = new Map(demo?.staff.map((staff) => [staff.code, staff.pin]));
  if (names.length === 0) {
    return (
      <div className="empty">
        <b>{t.signIn.nobody}</b>
        <p>{t.signIn.nobodyDetail}</p>
      </div>
    );
  }
  return (
    <>
      <ul className="people">
        {names.map((staff, index) => (
          <li key={staff.code}>
            <button
              type="button"
              className="btn"
              data-staff={staff.code}
              aria-pressed={staff.code === chosen?.code}
              aria-keyshortcuts={letters[index]}
              onClick={() => onChoose(staff)}
              onMouseDown={keepFocus}
            >
              <span>
                <b className="fig">{initialsOf(staff.name)}</b>
                <span>
                  {staff.name}
                  <small>
                    {t.signIn.roles[staff.role]}
                    {pins.has(staff.code) ? `, ${say(t.signIn.code, { pin: pins.get(staff.code) })}` : ''}
                  </small>
                </span>
              </span>
              <KeyCap name={letters[index] ?? ''} />
            </button>
          </li>
        ))}
      </ul>
      {demo ? <p className="label">{t.signIn.demo}</p> : null}
    </>
  );
}
