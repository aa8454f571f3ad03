import type { Lamp } from '#contract/till/state.ts';
import { formatSeconds, formatTime } from '#renderer/ui/format.ts';
import { Icon, type IconName } from '#renderer/ui/icons.tsx';
import { describeLamp } from '#resources/locales/describe.ts';
import { useCounter } from '../counter.ts';
import { useKeys } from '../keyboard/useKeys.ts';
import { useNowMs, useTillView, useWords } from '../useTill.ts';
import { KeyCap, keepFocus } from './Action.tsx';
import { Help } from './Help.tsx';

export const lampLook: Record<Lamp['state'], { icon: IconName; tone: string }> = {
  ok: { icon: 'ok', tone: '' },
  warn: { icon: 'warn', tone: 'warn' },
  fault: { icon: 'stop', tone: 'stop' },
  absent: { icon: 'absent', tone: 'off' },
};

const noLamps: Lamp[] = [];

/** Quiet when all is well, loud where it is not. A press opens the doctor. */
export function Strip() {
  const { screen } = useCounter();
  const { t, say, language } = useWords();
  const lamps = useTillView((view) => view.state?.lamps ?? noLamps);
  const p95Ms = useTillView((view) => view.state?.tapToResultP95Ms ?? null);
  const shop = useTillView((view) => view.state?.shop ?? null);
  const terminal = useTillView((view) => view.state?.terminal ?? null);
  const nowMs = useNowMs();
  const open = (lamp: Lamp['part'] | null) => screen.setState({ page: 'doctor', lamp });
  useKeys('frame', { keys: { V: () => open(null) } });
  return (
    <section className="strip" aria-label={t.strip.label}>
      <Help />
      <span className="hint">
        <KeyCap name="V" />
      </span>
      {lamps.map((lamp) => (
        <button
          key={lamp.part}
          type="button"
          className={`lamp ${lampLook[lamp.state].tone}`}
          onClick={() => open(lamp.part)}
          onMouseDown={keepFocus}
        >
          <Icon name={lampLook[lamp.state].icon} />
          {describeLamp(language, lamp).word}
        </button>
      ))}
      {p95Ms !== null ? (
        <span className="sp opt" title={t.strip.responseTitle}>
          {t.strip.response}{' '}
          <b data-figure="p95">{say(t.strip.seconds, { seconds: formatSeconds(p95Ms, language) })}</b>
        </span>
      ) : null}
      <span className="place">
        <span className="opt">{[shop?.name, terminal?.label].filter(Boolean).join(', ')} </span>
        <b>{formatTime(nowMs, language)}</b>
      </span>
    </section>
  );
}
