import { useState } from 'react';
import { useCounter } from '../counter.ts';
import type { TillClient } from '../door/client.ts';
import { Action, KeyCap, keepFocus } from '../frame/Action.tsx';
import { useKeys } from '../keyboard/useKeys.ts';
import { refreshDemo } from '../state/till.ts';
import { useTillView, useWords } from '../useTill.ts';
import { RegisterSender } from './RegisterSender.tsx';

type Run = (call: (client: TillClient) => Promise<unknown>) => void;

/** The simulated devices of a demonstration. Digits lay cards while a sale waits for one. */
export function Simulator({ waiting }: { waiting: boolean }) {
  const { client, till } = useCounter();
  const { t } = useWords();
  const devices = useTillView((view) => view.state?.devices ?? 'simulated');
  const training = useTillView((view) => view.state?.training ?? false);
  const run: Run = (call) => {
    const service = client();
    // A refusal changes nothing that the tray would have to take back: the lamps say how things are.
    if (service)
      void call(service).then(
        () => refreshDemo(till, service),
        () => {},
      );
  };
  // The service's clock moves by so much; a choice says where it shall stand. Both run on this machine.
  const setClock = (wantedSeconds: number) => {
    const { state, receivedAtMs } = till.getState();
    if (!state) return;
    const shiftedSeconds = Math.round((state.nowMs - receivedAtMs) / 1_000);
    run((service) => service.simulate.clock({ shiftSeconds: wantedSeconds - shiftedSeconds }));
  };
  return (
    <section className="panel tray" aria-label={t.simulator.title}>
      {devices === 'simulated' ? (
        <>
          <Cards run={run} waiting={waiting} />
          <Tear run={run} />
          <Choices
            label={t.simulator.printer}
            choices={[
              [t.simulator.printerOk, () => run((service) => service.simulate.printer({ state: 'ok' }))],
              [t.simulator.printerPaperOut, () => run((service) => service.simulate.printer({ state: 'paper-out' }))],
              [t.simulator.printerSilent, () => run((service) => service.simulate.printer({ state: 'silent' }))],
            ]}
          />
          <RegisterSender onSend={(amountMinor) => run((service) => service.simulate.register({ amountMinor }))} />
        </>
      ) : (
        <p>{t.simulator.realNow}</p>
      )}
      <Choices
        label={t.simulator.link}
        choices={[
          [t.simulator.linkUp, () => run((service) => service.simulate.link({ state: 'up' }))],
          [t.simulator.linkDown, () => run((service) => service.simulate.link({ state: 'down' }))],
        ]}
      />
      <Choices
        label={t.simulator.clock}
        choices={[
          [t.simulator.clockRight, () => setClock(0)],
          [t.simulator.clockSlow, () => setClock(-7_200)],
          [t.simulator.clockFast, () => setClock(86_400)],
        ]}
      />
      {!training && (
        <Action
          onPress={() =>
            run((service) => service.device.use({ devices: devices === 'simulated' ? 'real' : 'simulated' }))
          }
        >
          {devices === 'simulated' ? t.simulator.real : t.simulator.simulated}
        </Action>
      )}
    </section>
  );
}

function Cards({ run, waiting }: { run: Run; waiting: boolean }) {
  const { t, language } = useWords();
  const demo = useTillView((view) => view.demo);
  const cards = demo?.cards ?? [];
  const lay = (slot: number) => run((service) => service.simulate.card({ action: 'present', slot }));
  const remove = () => run((service) => service.simulate.card({ action: 'remove' }));
  const onDigit = (digit: string) => {
    if (digit === '0') remove();
    else if (cards.some((card) => card.slot === Number(digit))) lay(Number(digit));
  };
  useKeys('tray', waiting ? { digit: onDigit } : {});
  return (
    <fieldset className="cards">
      <legend>
        {t.simulator.cards} <small>{t.simulator.cardsHint}</small>
      </legend>
      {cards.map((card) => (
        <button
          key={card.slot}
          type="button"
          className="btn"
          data-card={card.slot}
          aria-pressed={demo?.present === card.slot}
          onClick={() => lay(card.slot)}
          onMouseDown={keepFocus}
        >
          <span>{card.label[language]}</span>
          <KeyCap name={String(card.slot)} />
        </button>
      ))}
      <button type="button" className="btn wide" onClick={remove} onMouseDown={keepFocus}>
        <span>{t.simulator.remove}</span>
        <KeyCap name="0" />
      </button>
    </fieldset>
  );
}

function Tear({ run }: { run: Run }) {
  const { t } = useWords();
  const [armed, setArmed] = useState<'before' | 'after' | null>(null);
  const arm = (when: 'before' | 'after') => {
    setArmed(when);
    run((service) => service.simulate.card({ action: 'tear', when }));
  };
  return (
    <>
      <Choices
        label={t.simulator.tear}
        stays={false}
        choices={[
          [t.simulator.tearBefore, () => arm('before')],
          [t.simulator.tearAfter, () => arm('after')],
        ]}
      />
      <p className="label armed" role="status">
        {armed ? t.simulator.armed : ''}
      </p>
    </>
  );
}

type ChoicesProps = {
  label: string;
  choices: [word: string, press: () => void][];
  /** The answer that a press gets at once: which one was asked for last. A tear is used up, so it has none. */
  stays?: boolean;
};

function Choices({ label, choices, stays = true }: ChoicesProps) {
  const [asked, setAsked] = useState<string | null>(null);
  return (
    <fieldset className="choices" aria-label={label}>
      <span className="name">{label}</span>
      {choices.map(([word, press]) => (
        <button
          key={word}
          type="button"
          className="btn small"
          aria-pressed={stays ? asked === word : undefined}
          onClick={() => {
            setAsked(word);
            press();
          }}
          onMouseDown={keepFocus}
        >
          <span>{word}</span>
        </button>
      ))}
    </fieldset>
  );
}
