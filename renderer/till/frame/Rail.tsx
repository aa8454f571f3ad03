import { useState } from 'react';
import { initialsOf, shortNameOf } from '#renderer/ui/format.ts';
import { Brand, Icon, type IconName } from '#renderer/ui/icons.tsx';
import { switchLanguage } from '#renderer/ui/language.ts';
import { useAttendanceWords } from '../attendance/words.ts';
import { useCloseWords } from '../close/words.ts';
import { useCounter } from '../counter.ts';
import { useKeys } from '../keyboard/useKeys.ts';
import { pagesWithTray, toggledTray } from '../simulator/tray.ts';
import type { Page } from '../state/screen.ts';
import { useScreen, useTillView, useTray, useWords } from '../useTill.ts';
import { KeyCap, keepFocus } from './Action.tsx';

type ItemProps = {
  icon: IconName;
  label: string;
  keyName: string;
  current?: boolean;
  open?: boolean;
  onPress: () => void;
};

function Item({ icon, label, keyName, current = false, open, onPress }: ItemProps) {
  useKeys('frame', { keys: { [keyName]: onPress } });
  return (
    <button
      type="button"
      className="item"
      aria-current={current ? 'page' : undefined}
      aria-expanded={open}
      aria-keyshortcuts={keyName}
      onClick={onPress}
      onMouseDown={keepFocus}
    >
      <Icon name={icon} />
      {label}
      <KeyCap name={keyName} />
    </button>
  );
}

/** The small switches that belong to nobody's sale: language and sound. */
function Switches() {
  const { sound } = useCounter();
  const { t } = useWords();
  const [muted, setMuted] = useState(sound.muted());
  const mute = () => {
    sound.mute(!muted);
    setMuted(!muted);
  };
  useKeys('frame', { keys: { L: switchLanguage, M: mute } });
  return (
    <div className="switches">
      <button type="button" onClick={switchLanguage} onMouseDown={keepFocus} aria-keyshortcuts="L">
        <b>{t.rail.languageShort}</b> <span className="spoken">{t.rail.language}</span>
        <KeyCap name="L" />
      </button>
      <button
        type="button"
        onClick={mute}
        onMouseDown={keepFocus}
        aria-label={muted ? t.rail.unmute : t.rail.mute}
        aria-keyshortcuts="M"
      >
        <Icon name={muted ? 'muted' : 'sound'} />
        <KeyCap name="M" />
      </button>
    </div>
  );
}

const loyaltyPages: readonly Page[] = [...pagesWithTray, 'reverse'];

/** The trades in use, the simulators where there are some, and who is at the till. */
export function Rail() {
  const { screen, till, sale } = useCounter();
  const { t } = useWords();
  const { t: close } = useCloseWords();
  const { t: attendance } = useAttendanceWords();
  const page = useScreen((state) => state.page);
  const tray = useTray();
  const staff = useTillView((view) => view.staff);
  const demo = useTillView((view) => view.state?.demo ?? false);
  const toggleTray = () => screen.setState((state) => toggledTray(state, sale.getState()));
  const switchStaff = () => {
    if (till.getState().staff) screen.setState({ switching: true });
  };
  const reverse = () => screen.setState({ page: 'reverse', reversing: null });
  useKeys('frame', { keys: { 'Ctrl+L': switchStaff, F8: reverse } });
  return (
    <nav className="rail" aria-label={t.rail.label}>
      <div className="brand">
        <Brand name={t.product} />
      </div>
      <Item
        icon="card"
        label={t.rail.loyalty}
        keyName="F2"
        current={loyaltyPages.includes(page)}
        onPress={() => screen.setState({ page: 'sale' })}
      />
      <Item
        icon="journal"
        label={t.rail.journal}
        keyName="J"
        current={page === 'journal'}
        onPress={() => screen.setState({ page: 'journal' })}
      />
      <Item
        icon="z"
        label={close.rail}
        keyName="F9"
        current={page === 'close'}
        onPress={() => screen.setState({ page: 'close' })}
      />
      <Item
        icon="clock"
        label={attendance.rail}
        keyName="F10"
        current={page === 'attendance'}
        onPress={() => screen.setState({ page: 'attendance', switching: false })}
      />
      {demo ? <Item icon="simulator" label={t.rail.simulator} keyName="S" open={tray} onPress={toggleTray} /> : null}
      <div className="foot">
        <Switches />
        {staff ? (
          <button
            type="button"
            className="who"
            onClick={switchStaff}
            onMouseDown={keepFocus}
            aria-keyshortcuts="Control+L"
          >
            <b>{initialsOf(staff.name)}</b> {shortNameOf(staff.name)} <small>{t.rail.switch}</small>
            <KeyCap name="Ctrl+L" />
          </button>
        ) : null}
      </div>
    </nav>
  );
}
