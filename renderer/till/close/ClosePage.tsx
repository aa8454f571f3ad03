import { useState } from 'react';
import { describeError } from '#resources/locales/describe.ts';
import { ApprovalPage } from '../approval/ApprovalPage.tsx';
import { useCounter } from '../counter.ts';
import { Action } from '../frame/Action.tsx';
import { useKeys } from '../keyboard/useKeys.ts';
import { useTillView } from '../useTill.ts';
import { ClosedPage } from './ClosedPage.tsx';
import { ConfirmClose } from './ConfirmClose.tsx';
import { countOf, type DifferenceReason, typedOn } from './closing.ts';
import { DayEye } from './DayEye.tsx';
import { DayHand } from './DayHand.tsx';
import { DrawerPage } from './DrawerPage.tsx';
import { type Closing, type ClosingActions, useClosing } from './useClosing.ts';
import { useCloseWords, words } from './words.ts';

/** The end of the day: X, the drawer, Z. */
export function ClosePage() {
  const { screen } = useCounter();
  const { closing, actions } = useClosing();
  const { day, closed } = closing;
  const leave = () => screen.setState({ page: 'sale' });
  if (closed) {
    return <ClosedPage closed={closed} working={closing.working} onReprint={actions.reprint} onDone={leave} />;
  }
  if (!day) return <Waiting closing={closing} onBack={leave} />;
  return <OpenDay closing={{ ...closing, day }} actions={actions} />;
}

function Waiting({ closing: { error }, onBack }: { closing: Closing; onBack: () => void }) {
  const { t, language } = useCloseWords();
  const said = error && describeError(language, error);
  return (
    <>
      <section className="eye panel day-confirm" data-error={error?.type}>
        <h1 className="title">{said ? said.title : t.loading}</h1>
        {said ? <p className="lead">{said.remedy}</p> : null}
      </section>
      <section className="hand">
        <div className="push" />
        <Action keyName="Escape" onPress={onBack}>
          {t.back}
        </Action>
      </section>
    </>
  );
}

type View = 'day' | 'pad' | 'confirm' | 'drawer' | 'float';
type OpenDayProps = { closing: Closing & { day: NonNullable<Closing['day']> }; actions: ClosingActions };

/** A day that is not closed yet: the count is typed at any time, by keyboard or on the pad. */
function OpenDay({ closing, actions }: OpenDayProps) {
  const onTicket = words[useTillView((current) => current.state?.ticketLanguage ?? 'fr')];
  const [view, setView] = useState<View>('day');
  const [digits, setDigits] = useState('');
  const [reason, setReason] = useState<DifferenceReason | null>(null);
  const { day } = closing;
  const count = countOf(day, digits, closing.shownMinor);
  const counting = (view === 'day' || view === 'pad') && !closing.approving;
  const type = (more: string) => {
    setDigits((typed) => typedOn(typed, more));
    setReason(null);
    actions.recount();
  };
  const erase = () => {
    setDigits((typed) => typed.slice(0, -1));
    actions.recount();
  };
  useKeys('screen', counting ? { digit: type, keys: { Backspace: erase } } : {});

  const close = (approval?: Parameters<ClosingActions['close']>[2]) => {
    if (count.countedMinor !== null) actions.close(count.countedMinor, reason && onTicket.reasons[reason], approval);
  };
  const toDay = () => {
    setView('day');
    actions.reload();
  };
  if (closing.approving) {
    return (
      <ApprovalPage
        act="close"
        error={closing.error}
        checking={closing.working}
        onApproval={close}
        onCancel={actions.recount}
      />
    );
  }
  if (view === 'drawer' || view === 'float') {
    const { currency, totals } = day;
    const first = view === 'float' ? 'float' : 'in';
    return <DrawerPage first={first} currency={currency} opened={totals.openedDay !== null} onBack={toDay} />;
  }
  if (view === 'confirm') {
    const back = () => {
      actions.recount();
      setView('day');
    };
    return (
      <ConfirmClose
        closing={closing}
        day={day}
        count={count}
        reason={reason}
        onReason={setReason}
        onConfirm={() => close()}
        onBack={back}
      />
    );
  }
  return (
    <>
      <DayEye day={day} count={count} onCount={() => setView('pad')} />
      <DayHand
        closing={closing}
        day={day}
        count={count}
        pad={view === 'pad'}
        onDigits={type}
        onErase={erase}
        onRecount={() => {
          setDigits('');
          setReason(null);
          actions.recount();
          setView(view === 'pad' && digits === '' ? 'day' : 'pad');
        }}
        onX={() => {
          setView('day');
          actions.printX();
        }}
        onDrawer={(task) => setView(task === 'float' ? 'float' : 'drawer')}
        onClose={() => setView('confirm')}
      />
    </>
  );
}
