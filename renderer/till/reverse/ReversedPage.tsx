import { formatAmount, formatInteger } from '#contract/money/index.ts';
import type { FoundOperation, ReversalResult } from '#contract/till/loyalty.ts';
import { Verdict } from '#renderer/ui/Verdict.tsx';
import { useCounter } from '../counter.ts';
import { Action } from '../frame/Action.tsx';
import { Trouble } from '../frame/Trouble.tsx';
import { TicketPreview } from '../result/TicketPreview.tsx';
import { useReprint } from '../result/useReprint.ts';
import { useWords } from '../useTill.ts';

type Props = { operation: FoundOperation; result: ReversalResult; onNext: () => void };

/** What went back, to the customer and to the card. */
export function ReversedPage({ operation, result, onNext }: Props) {
  const { screen, selling } = useCounter();
  const { t, say, language } = useWords();
  const { printed, working, reprint } = useReprint(result.intention, result);
  const amount = formatAmount(result.amountMinor, result.currency, language);
  const points = formatInteger(result.points, language);
  const isSale = operation.operation === 'sale';
  const leave = () => {
    onNext();
    // The sale that was taken back is not shown again as one that stands.
    selling.next();
    screen.setState({ page: 'sale', reversing: null });
  };
  const card = result.card === 'applied' ? t.reverse.cardNow : t.reverse.cardLater;
  return (
    <>
      <section className="eye res">
        <Verdict tone="go" word={isSale ? say(t.reverse.done, { amount }) : say(t.reverse.doneSpend, { points })}>
          {isSale ? say(t.reverse.hand, { amount }) : card}
        </Verdict>
        <div className="panel bal">
          <div className="holder">
            <b>{say(t.result.card, { cardNumber: result.cardNumber })}</b>
            {isSale ? <span className="t2">{card}</span> : null}
          </div>
          <div className="standing">
            <p className="label">{t.reverse.balance}</p>
            <p className="big">
              <span className="num" data-size="few">
                <span data-figure="balance">
                  {result.balance === null ? '…' : formatInteger(result.balance, language)}
                </span>
                <small>{result.balance === null ? t.reverse.unknownBalance : t.result.points}</small>
              </span>
              <span className={result.points < 0 ? 'plus taken' : 'plus'}>
                {result.points > 0 ? '+' : ''}
                {points}
              </span>
            </p>
          </div>
        </div>
      </section>
      <section className="hand">
        <TicketPreview
          title={printed.copy > 0 ? say(t.result.copy, { copy: printed.copy }) : t.result.ticket}
          print={working ? 'printing' : printed.print}
          ticket={result.ticket}
        />
        <Trouble error={working ? null : printed.why} />
        <Action keyName="F7" kind="quiet" disabled={working} onPress={reprint}>
          {t.result.reprint}
        </Action>
        <Action kind="primary" keyName="Enter" onPress={leave} focus>
          {t.reverse.next}
        </Action>
      </section>
    </>
  );
}
