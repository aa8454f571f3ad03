import { useState } from 'react';
import { type ClockDirection, clockDirections } from '#contract/journal/kinds/attendance.ts';
import { useCounter } from '../counter.ts';
import { Action } from '../frame/Action.tsx';
import { TapDrawing } from '../sale/TapDrawing.tsx';
import { WhoPage } from '../sign-in/WhoPage.tsx';
import { useTillView } from '../useTill.ts';
import { TodayPage } from './TodayPage.tsx';
import { useClocking } from './useClocking.ts';
import { useAttendanceWords } from './words.ts';

const keys = { in: '+', out: '-' } as const;

/** Who comes and who goes: by name and PIN, badge or card. Whoever is at the till stays there. */
export function AttendancePage() {
  const { screen } = useCounter();
  const { t } = useAttendanceWords();
  const names = useTillView((view) => view.names);
  const [direction, setDirection] = useState<ClockDirection>('in');
  const { state, clock, cancel, showToday, again } = useClocking();
  const leave = () => screen.setState({ page: 'sale' });
  if (state.stage === 'today') return <TodayPage shown={state} onAgain={again} onBack={leave} />;
  if (state.stage === 'checking' && state.byCard) return <CardAwaited onCancel={cancel} />;
  return (
    <WhoPage
      title={t.title}
      note={
        <>
          <p className="t2">{t.note}</p>
          <div className="clock-ways">
            <Directions current={direction} onChoose={setDirection} />
            <div className="seg">
              <Action
                layer="dialog"
                keyName="F6"
                kind="quiet"
                onPress={() => clock(direction, { card: true, useCardAsItLies: false, timeoutMs: 30_000 })}
              >
                {t.card}
              </Action>
              <Action layer="dialog" keyName="F7" kind="quiet" onPress={showToday}>
                {t.today}
              </Action>
            </div>
          </div>
        </>
      }
      names={names}
      open={t.clock}
      back={{ words: t.back, onPress: leave }}
      error={state.stage === 'asking' ? state.error : null}
      checking={state.stage === 'checking'}
      onPin={(code, pin) => clock(direction, { code, pin })}
      onBadge={(badge) => clock(direction, { badge })}
      onTyped={() => {
        if (state.stage === 'asking' && state.error) again();
      }}
    />
  );
}

type DirectionsProps = { current: ClockDirection; onChoose: (direction: ClockDirection) => void };

function Directions({ current, onChoose }: DirectionsProps) {
  const { t } = useAttendanceWords();
  return (
    <fieldset className="seg" aria-label={t.direction}>
      {clockDirections.map((direction) => (
        <Action
          key={direction}
          layer="dialog"
          keyName={keys[direction]}
          kind="quiet"
          pressed={direction === current}
          onPress={() => onChoose(direction)}
        >
          {t.directions[direction]}
        </Action>
      ))}
    </fieldset>
  );
}

function CardAwaited({ onCancel }: { onCancel: () => void }) {
  const { t } = useAttendanceWords();
  return (
    <>
      <section className="eye panel sale">
        <div className="top">
          <h1 className="what">{t.title}</h1>
        </div>
        <div className="prompt ink" role="status">
          <TapDrawing moving />
          <div>
            <h2>{t.present}</h2>
            <p>{t.presentDetail}</p>
          </div>
        </div>
      </section>
      <section className="hand">
        <div className="push" />
        <Action keyName="Escape" kind="cancel" onPress={onCancel}>
          {t.cancel}
        </Action>
      </section>
    </>
  );
}
