import { pointsFor } from '#contract/loyalty/programme.ts';
import { formatAmount, formatInteger } from '#contract/money/index.ts';
import { useCounter } from '../counter.ts';
import { ChosenReward } from '../spend/ChosenReward.tsx';
import { useTillView, useWords } from '../useTill.ts';
import { Amount } from './Amount.tsx';
import { PaidBy } from './PaidBy.tsx';
import { PromptBlock } from './PromptBlock.tsx';
import { type AmountSource, amountMinorOf, type Sale } from './sale.ts';

type Shown = Extract<Sale, { stage: 'amount' | 'waiting' | 'interrupted' }>;

/** What is being sold, what it will give, and the one order of the moment. */
export function AmountEye({ sale }: { sale: Shown }) {
  const { selling } = useCounter();
  const { t } = useWords();
  const currency = useTillView((view) => view.state?.currency ?? 'XOF');
  const titles: Record<AmountSource, string> = {
    keyboard: t.sale.fromKeyboard,
    pad: t.sale.fromPad,
    register: t.sale.fromRegister,
  };
  const { source } = sale.entry;
  const choice = sale.stage === 'amount' ? null : sale.intention.choice;
  if (choice) {
    return (
      <section className="eye panel sale">
        <ChosenReward choice={choice} />
        <PromptBlock sale={sale} />
      </section>
    );
  }
  return (
    <section className="eye panel sale">
      <div className="top">
        <h1 className="what">{source ? titles[source] : t.sale.fromNothing}</h1>
        <Amount amountMinor={amountMinorOf(sale.entry)} currency={currency} caret={sale.stage === 'amount'} />
        <Preview sale={sale} />
        <PaidBy
          tender={sale.entry.tender}
          onOther={sale.stage === 'amount' ? () => selling.act({ act: 'tender' }) : null}
        />
      </div>
      <PromptBlock sale={sale} />
    </section>
  );
}

function Preview({ sale }: { sale: Shown }) {
  const { t, say, language } = useWords();
  const programme = useTillView((view) => view.state?.programme ?? null);
  const register = useTillView((view) => view.state?.registerAmount ?? null);
  const currency = useTillView((view) => view.state?.currency ?? 'XOF');
  const points = programme ? pointsFor(programme, amountMinorOf(sale.entry)) : 0;
  const { receiptNumber, source } = sale.entry;
  return (
    <p className="src">
      {programme ? (
        <span>
          {t.sale.willGive}{' '}
          <b data-figure="preview">
            {formatInteger(points, language)} {say(t.points, { count: points })}
          </b>{' '}
          {t.sale.atTodaysRate}
        </span>
      ) : (
        <span>{t.sale.noProgramme}</span>
      )}
      {source === 'register' ? (
        receiptNumber ? (
          <span>
            {t.sale.registerReceipt} <b>{say(t.sale.registerNumber, { number: receiptNumber })}</b>
          </span>
        ) : null
      ) : (
        <span>
          {t.sale.register}{' '}
          <b>{register ? formatAmount(register.amountMinor, currency, language) : t.sale.registerNothing}</b>
        </span>
      )}
    </p>
  );
}
