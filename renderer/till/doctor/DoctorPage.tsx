import { useState } from 'react';
import type { Lamp } from '#contract/till/state.ts';
import { Icon } from '#renderer/ui/icons.tsx';
import { Verdict } from '#renderer/ui/Verdict.tsx';
import { describeError, describeLamp } from '#resources/locales/describe.ts';
import { useCounter } from '../counter.ts';
import { refusalOf, type TillClient } from '../door/client.ts';
import { Action, keepFocus } from '../frame/Action.tsx';
import { lampLook } from '../frame/Strip.tsx';
import { useScreen, useTillView, useWords } from '../useTill.ts';
import { addressOf } from './address.ts';

const gravity: Record<Lamp['state'], number> = { fault: 0, warn: 1, absent: 2, ok: 3 };
const noLamps: Lamp[] = [];
const inSentence = (fact: string): string => fact.charAt(0).toLowerCase() + fact.slice(1);

/** The worst lamp first in the eye; the chosen one's remedy under the hand. */
export function DoctorPage() {
  const { screen } = useCounter();
  const { t, say, language } = useWords();
  const lamps = useTillView((view) => view.state?.lamps ?? noLamps);
  const asked = useScreen((state) => state.lamp);
  const worst = [...lamps].sort((a, b) => gravity[a.state] - gravity[b.state])[0];
  const chosen = lamps.find((lamp) => lamp.part === asked) ?? worst;
  const trouble = worst && gravity[worst.state] < 2 ? worst : null;
  const said = trouble ? describeLamp(language, trouble) : null;
  return (
    <>
      <section className="eye doctor">
        <Verdict
          large
          tone={!trouble ? 'go' : trouble.state === 'fault' ? 'stop' : 'warn'}
          word={said ? say(t.doctor.trouble, { name: said.name, fact: inSentence(said.fact) }) : t.doctor.allWell}
        >
          {said ? said.remedy : t.doctor.allWellDetail}
        </Verdict>
        <ul className="panel dev">
          {lamps.map((lamp) => (
            <LampRow
              key={lamp.part}
              lamp={lamp}
              chosen={lamp.part === chosen?.part}
              onChoose={() => screen.setState({ lamp: lamp.part })}
            />
          ))}
        </ul>
      </section>
      <section className="hand">{chosen ? <Remedy key={chosen.part} lamp={chosen} /> : null}</section>
    </>
  );
}

const rowTone: Record<Lamp['state'], string> = { ok: '', warn: 'wa', fault: 'on', absent: '' };
const iconTone: Record<Lamp['state'], string> = { ok: 'ok', warn: 'wn', fault: 'st', absent: 't2' };

function LampRow({ lamp, chosen, onChoose }: { lamp: Lamp; chosen: boolean; onChoose: () => void }) {
  const { t, language } = useWords();
  const { name, fact } = describeLamp(language, lamp);
  return (
    <li className={rowTone[lamp.state]} data-lamp={lamp.part} data-state={lamp.state}>
      <button type="button" aria-pressed={chosen} onClick={onChoose} onMouseDown={keepFocus}>
        <span className={iconTone[lamp.state]}>
          <Icon name={lampLook[lamp.state].icon} />
        </span>
        <b>{name}</b>
        <span className="s">{fact}</span>
        <span className="ms">{addressOf(lamp, t.doctor.simulated)}</span>
      </button>
    </li>
  );
}

const testable = { reader: 'reader', printer: 'printer', register: 'register' } as const;
const isTestable = (part: Lamp['part']): part is keyof typeof testable => part in testable;

function Remedy({ lamp }: { lamp: Lamp }) {
  const { client, screen } = useCounter();
  const { t, say, language } = useWords();
  const { name, fact, remedy } = describeLamp(language, lamp);
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState('');
  const act = async (call: (service: TillClient) => Promise<unknown>) => {
    const service = client();
    if (!service || busy) return;
    setBusy(true);
    try {
      await call(service);
      setOutcome(say(t.doctor.tested, { fact: inSentence(fact) }));
    } catch (thrown) {
      const error = refusalOf(thrown);
      setOutcome(error ? describeError(language, error).title : '');
    }
    setBusy(false);
  };
  const { part } = lamp;
  const back = () => screen.setState({ page: 'sale' });
  return (
    <>
      <h2 className="lead">{name}</h2>
      <div className="panel remedy-box">
        <b>{fact}</b>
        <p>{remedy === '' ? t.doctor.nothingToDo : remedy}</p>
        {lamp.address ? (
          <p className="label">
            {t.doctor.where} <span className="mono">{addressOf(lamp, t.doctor.simulated)}</span>
          </p>
        ) : null}
      </div>
      <p className="label" role="status">
        {outcome}
      </p>
      <div className="push" />
      <Action keyName="Escape" onPress={back}>
        {t.doctor.back}
      </Action>
      {isTestable(part) ? (
        <Action
          kind="primary quiet"
          keyName="Enter"
          disabled={busy}
          onPress={() => void act((service) => service.device.test({ device: testable[part] }))}
        >
          {busy ? t.doctor.testing : t.doctor.test}
        </Action>
      ) : part === 'network' || part === 'queue' ? (
        <Action
          kind="primary quiet"
          keyName="Enter"
          disabled={busy}
          onPress={() => void act((service) => service.sync.now({ waitMs: 2_000 }))}
        >
          {busy ? t.doctor.testing : t.doctor.send}
        </Action>
      ) : null}
    </>
  );
}
