import { formatAmount, formatInteger } from '#contract/money/index.ts';
import type { FoundOperation } from '#contract/till/loyalty.ts';
import { formatMoment } from '#renderer/ui/format.ts';
import { Verdict } from '#renderer/ui/Verdict.tsx';
import { describeError } from '#resources/locales/describe.ts';
import { useCounter } from '../counter.ts';
import { Action } from '../frame/Action.tsx';
import { DigitPad } from '../frame/DigitPad.tsx';
import { useKeys } from '../keyboard/useKeys.ts';
import { Amount } from '../sale/Amount.tsx';
import { mayAskAgain, toneOf } from '../sale/severity.ts';
import { useNowMs, useWords } from '../useTill.ts';
import { amountOf, isSpent, pointsBack, type Reversing, reasons } from './reversing.ts';
import type { ReversingActions } from './useReversing.ts';

type Shown = Extract<Reversing, { stage: 'found' | 'working' | 'refused' }>;
type Props = { state: Shown; actions: ReversingActions };

/** What is taken back: all that is left unless a smaller amount is typed, and the reason. */
export function FoundPage({ state, actions }: Props) {
  const { screen } = useCounter();
  const { t } = useWords();
  const { operation } = state;
  const digits = state.stage === 'found' ? state.digits : '';
  const set = (next: string) => actions.amount(next.replace(/^0+/, '').slice(0, 9));
  const erase = () => set(digits.slice(0, -1));
  useKeys('screen', { digit: (digit) => set(digits + digit), keys: { Backspace: erase } });
  const leave = () => screen.setState({ page: 'sale', reversing: null });
  return (
    <>
      <section className="eye res">
        {state.stage === 'refused' ? <Refused error={state.error} /> : null}
        <div className="panel sale">
          <div className="top">
            <Facts
              operation={operation}
              amountMinor={state.stage === 'found' ? amountOf(state) : operation.left.amountMinor}
            />
            {state.stage === 'found' && state.reason === null && !isSpent(operation) ? (
              <p className="lead">{t.reverse.chooseReason}</p>
            ) : null}
          </div>
        </div>
      </section>
      <section className="hand">
        {operation.operation === 'sale' && state.stage === 'found' ? (
          <DigitPad onDigits={(more) => set(digits + more)} onErase={erase} />
        ) : (
          <div className="push" />
        )}
        <fieldset className="seg" aria-label={t.reverse.reason}>
          {state.stage === 'found' ? <Reasons chosen={state.reason} onChoose={actions.because} /> : null}
          <Action keyName="Escape" onPress={leave}>
            {t.reverse.back}
          </Action>
        </fieldset>
        <Confirm state={state} onPress={actions.confirm} />
      </section>
    </>
  );
}

function Refused({ error }: { error: Extract<Reversing, { stage: 'refused' }>['error'] }) {
  const { language } = useWords();
  const { title, state, remedy } = describeError(language, error);
  return (
    <div data-error={error.type}>
      <Verdict tone={toneOf(error.type)} word={title} large>
        {`${state} ${remedy}`}
      </Verdict>
    </div>
  );
}

/** The operation as it was, and the one figure of what goes back. */
function Facts({ operation, amountMinor }: { operation: FoundOperation; amountMinor: number }) {
  const { t, say, language } = useWords();
  const nowMs = useNowMs();
  const { currency, ticketNumber, cardNumber, till, left } = operation;
  const time = formatMoment(Date.parse(operation.wallTime), nowMs, language);
  const isSale = operation.operation === 'sale';
  const title = say(isSale ? t.reverse.sale : t.reverse.spend, { time, ticketNumber });
  return (
    <>
      <h1 className="what">{title}</h1>
      <p className="label">{say(t.reverse.onCard, { cardNumber, till })}</p>
      {isSale ? (
        <Amount amountMinor={amountMinor} currency={currency} />
      ) : (
        <p className="amount" data-size="few">
          <span data-figure="points">{formatInteger(pointsBack(operation), language)}</span>
          <small>{t.result.points}</small>
        </p>
      )}
      <p className="src">
        {isSale ? (
          <span>
            {t.reverse.giveBack}{' '}
            <b>{say(t.reverse.left, { amount: formatAmount(left.amountMinor, currency, language) })}</b>
          </span>
        ) : (
          <span>
            {t.reverse.pointsGiven} <b>{operation.reward?.kind === 'gift' ? operation.reward.name[language] : ''}</b>
          </span>
        )}
        <span>
          {say(isSale ? t.reverse.wasGiven : t.reverse.wasTaken, {
            points: formatInteger(Math.abs(operation.points), language),
          })}
        </span>
      </p>
    </>
  );
}

function Reasons({
  chosen,
  onChoose,
}: {
  chosen: (typeof reasons)[number] | null;
  onChoose: ReversingActions['because'];
}) {
  const { t } = useWords();
  return (
    <>
      {reasons.map((reason) => (
        <Action
          key={reason}
          keyName={t.reverse.reasonKeys[reason]}
          pressed={chosen === reason}
          onPress={() => onChoose(reason)}
        >
          {t.reverse.reasons[reason]}
        </Action>
      ))}
    </>
  );
}

function Confirm({ state, onPress }: { state: Shown; onPress: () => void }) {
  const { t, say, language } = useWords();
  const { operation } = state;
  if (state.stage === 'working') {
    return (
      <Action kind="latched" keyName="Enter" onPress={() => {}} disabled silentKey>
        {t.reverse.working}
      </Action>
    );
  }
  const words =
    operation.operation === 'spend'
      ? say(t.reverse.confirmSpend, { points: formatInteger(pointsBack(operation), language) })
      : say(t.reverse.confirmSale, {
          amount: formatAmount(
            state.stage === 'found' ? amountOf(state) : (state.order.amountMinor ?? operation.left.amountMinor),
            operation.currency,
            language,
            'short',
          ),
        });
  const mayNot = state.stage === 'found' ? state.reason === null || isSpent(operation) : !mayAskAgain(state.error.type);
  return (
    <Action kind="primary quiet" keyName="Enter" disabled={mayNot} onPress={onPress}>
      {isSpent(operation) ? t.reverse.nothingLeft : words}
    </Action>
  );
}
