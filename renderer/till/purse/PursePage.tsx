import { useState } from 'react';
import { type AccountAct, accountActs, isMoneyIn } from '#contract/accounts/effects.ts';
import type { Tender } from '#contract/journal/kinds/loyalty.ts';
import { formatAmount } from '#contract/money/index.ts';
import { describeError } from '#resources/locales/describe.ts';
import { ApprovalPage } from '../approval/ApprovalPage.tsx';
import { approvalRefusal } from '../approval/refusal.ts';
import { PinEntry } from '../cards/PinEntry.tsx';
import { WorkEye } from '../cards/WorkEye.tsx';
import { WorkHand } from '../cards/WorkHand.tsx';
import { sumOf, typedOn } from '../close/closing.ts';
import { useCounter } from '../counter.ts';
import { Action } from '../frame/Action.tsx';
import { DigitPad } from '../frame/DigitPad.tsx';
import { useKeys } from '../keyboard/useKeys.ts';
import { Amount } from '../sale/Amount.tsx';
import { PaidBy } from '../sale/PaidBy.tsx';
import { otherTender } from '../sale/sale.ts';
import { Simulator } from '../simulator/Simulator.tsx';
import { useScreen, useTillView, useWords } from '../useTill.ts';
import { PostedPage, ShownPage } from './PostedPage.tsx';
import { type PurseOrder, usePurse } from './usePurse.ts';
import { usePurseWords } from './words.ts';

/** A card's purse and credit: what is to be done, how much, the card, and the ticket. */
export function PursePage() {
  const { t, language } = usePurseWords();
  const { t: till } = useWords();
  const currency = useTillView((view) => view.state?.currency ?? 'XOF');
  const purse = usePurse();
  const { state, leave } = purse;
  switch (state.stage) {
    case 'typing':
      return <Asking onStart={purse.start} onLook={purse.look} />;
    case 'approving':
      return (
        <ApprovalPage
          act={state.order.act === 'refund' ? 'purse-refund' : 'account'}
          detail={`${t.acts[state.order.act].name}, ${formatAmount(state.order.amountMinor, currency, language)}`}
          error={approvalRefusal(state.error)}
          onApproval={(approval) => purse.approve(state.order, approval)}
          onCancel={() => leave(null)}
        />
      );
    case 'pin': {
      const said = state.error.type === 'PinWrong' ? describeError(language, state.error) : null;
      return (
        <PinEntry
          key={state.error.facts?.triesLeft?.toString() ?? 'pin'}
          above={<Sum {...state.order} />}
          error={state.error}
          prompt={said ? said.title : till.spend.pinTitle}
          detail={said ? `${said.state} ${said.remedy}` : till.spend.pinDetail}
          confirm={till.spend.pinGive}
          onPin={(pin) => purse.givePin(state.order, pin, state.approval)}
          onBack={() => leave(state.order)}
        />
      );
    }
    case 'working': {
      const title = state.order ? t.acts[state.order.act].name : t.balance.name;
      return (
        <>
          <WorkEye title={title} sum={state.order ? <Sum {...state.order} /> : null} work={state.work} />
          <WorkHand work={state.work} again={() => purse.again(state.order)} onEnd={() => leave(state.order)} />
        </>
      );
    }
    case 'posted':
      return <PostedPage result={state.result} onEnd={() => leave(null)} />;
    case 'shown':
      return <ShownPage accounts={state.accounts} onEnd={() => leave(null)} />;
  }
}

/** What is done, how much, and how it is paid: it stands as long as the card or its PIN is waited for. */
function Sum({ act, amountMinor, tender }: PurseOrder) {
  const { t } = usePurseWords();
  const currency = useTillView((view) => view.state?.currency ?? 'XOF');
  return (
    <div className="top">
      <h1 className="what">{`${t.title}. ${t.acts[act].name}`}</h1>
      <Amount amountMinor={amountMinor} currency={currency} />
      {isMoneyIn(act) ? <PaidBy tender={tender} onOther={null} /> : null}
    </div>
  );
}

type AskingProps = { onStart: (asked: Omit<PurseOrder, 'intention'>) => void; onLook: () => void };

function Asking({ onStart, onLook }: AskingProps) {
  const { screen } = useCounter();
  const { t } = usePurseWords();
  const currency = useTillView((view) => view.state?.currency ?? 'XOF');
  const tray = useScreen((state) => state.tray);
  const [act, setAct] = useState<AccountAct>('top-up');
  const [tender, setTender] = useState<Tender>('cash');
  const [digits, setDigits] = useState('');
  const amountMinor = sumOf(digits) ?? 0;
  const type = (more: string) => setDigits((typed) => typedOn(typed, more));
  const erase = () => setDigits((typed) => typed.slice(0, -1));
  useKeys('screen', { digit: type, keys: { Backspace: erase } });
  return (
    <>
      <section className="eye panel sale purse">
        <div className="top">
          <h1 className="what">{`${t.title}. ${t.acts[act].name}`}</h1>
          <Amount amountMinor={amountMinor} currency={currency} caret />
          <div className="paid">
            {isMoneyIn(act) ? <PaidBy tender={tender} onOther={() => setTender(otherTender)} /> : null}
          </div>
        </div>
        <fieldset className="seg acts" aria-label={t.what}>
          {accountActs.map((each) => (
            <Action key={each} keyName={t.acts[each].key} pressed={each === act} onPress={() => setAct(each)}>
              <span className="task">
                <b>{t.acts[each].name}</b>
                <small>{t.acts[each].detail}</small>
              </span>
            </Action>
          ))}
          <Action keyName={t.balance.key} onPress={onLook}>
            <span className="task">
              <b>{t.balance.name}</b>
              <small>{t.balance.detail}</small>
            </span>
          </Action>
        </fieldset>
      </section>
      <section className="hand">
        {tray ? <Simulator waiting={false} /> : <DigitPad onDigits={type} onErase={erase} />}
        <div className="push" />
        <div className="row last">
          <Action kind="cancel" keyName="Escape" onPress={() => screen.setState({ page: 'sale' })}>
            {t.back}
          </Action>
          <Action
            kind="primary quiet"
            keyName="Enter"
            disabled={amountMinor === 0}
            onPress={() => onStart({ act, amountMinor, tender })}
          >
            {t.confirm}
          </Action>
        </div>
      </section>
    </>
  );
}
