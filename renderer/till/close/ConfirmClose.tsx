import { numberOfZ } from '#contract/counter/day-ticket.ts';
import { formatAmount } from '#contract/money/index.ts';
import { Icon } from '#renderer/ui/icons.tsx';
import { Action } from '../frame/Action.tsx';
import { Trouble } from '../frame/Trouble.tsx';
import { type Count, type DayState, type DifferenceReason, differenceReasons, operationsOf } from './closing.ts';
import type { Closing } from './useClosing.ts';
import { useCloseWords } from './words.ts';

type Props = {
  closing: Closing;
  day: DayState;
  count: Count;
  reason: DifferenceReason | null;
  onReason: (reason: DifferenceReason) => void;
  onConfirm: () => void;
  onBack: () => void;
};

/** What a Z does that cannot be undone, as a list; the focus is on the safe answer. */
export function ConfirmClose({ closing, day, count, reason, onReason, onConfirm, onBack }: Props) {
  const { t, say } = useCloseWords();
  const differs = count.differenceMinor !== null && count.differenceMinor !== 0;
  const mayConfirm = !closing.working && (!differs || reason !== null);
  return (
    <>
      <section className="eye panel day-confirm">
        <h1 className="title">{t.confirmTitle}</h1>
        <Consequences day={day} count={count} />
        <Trouble error={closing.error} tone="warn" role="alert" withState />
      </section>
      <section className="hand">
        {differs ? (
          <fieldset className="reasons-of" aria-label={t.why}>
            <h2 className="lead">{t.why}</h2>
            {differenceReasons.map((known) => (
              <Action
                key={known}
                layer="dialog"
                keyName={t.reasonKeys[known]}
                pressed={reason === known}
                onPress={() => onReason(known)}
              >
                {t.reasons[known]}
              </Action>
            ))}
          </fieldset>
        ) : null}
        <div className="push" />
        <Action layer="dialog" keyName="Escape" kind="large" onPress={onBack} focus>
          {t.back}
        </Action>
        <Action
          layer="dialog"
          kind="primary quiet"
          keyName={t.confirmKey}
          icon="z"
          onPress={onConfirm}
          disabled={!mayConfirm}
        >
          {closing.working ? t.working : say(t.confirm, { number: numberOfZ(day.number) })}
        </Action>
      </section>
    </>
  );
}

function Consequences({ day, count }: { day: DayState; count: Count }) {
  const { t, say, language } = useCloseWords();
  const amount = (minor: number) => formatAmount(minor, day.currency, language);
  const { countedMinor, expectedMinor, differenceMinor } = count;
  const counted = amount(countedMinor ?? 0);
  const cash =
    expectedMinor === null
      ? say(t.consequences.blind, { amount: counted })
      : differenceMinor === 0
        ? say(t.consequences.even, { amount: counted })
        : say(t.consequences.differs, { counted, expected: amount(expectedMinor) });
  const lines = [
    { icon: 'lock', words: say(t.consequences.final, { number: numberOfZ(day.number) }) },
    {
      icon: 'z',
      words: say(t.consequences.total, { operations: operationsOf(day), amount: amount(day.takingsMinor) }),
    },
    { icon: differenceMinor === null || differenceMinor === 0 ? 'cash' : 'warn', words: cash },
    { icon: 'clock', words: say(t.consequences.next, { number: numberOfZ(day.number + 1) }) },
  ] as const;
  return (
    <ul className="z-says">
      {lines.map(({ icon, words }) => (
        <li key={icon}>
          <Icon name={icon} />
          {words}
        </li>
      ))}
    </ul>
  );
}
