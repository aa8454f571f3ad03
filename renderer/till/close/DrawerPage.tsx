import { useState } from 'react';
import { type CurrencyCode, formatAmount } from '#contract/money/index.ts';
import { Verdict } from '#renderer/ui/Verdict.tsx';
import { describeError } from '#resources/locales/describe.ts';
import { ApprovalPage } from '../approval/ApprovalPage.tsx';
import { Action } from '../frame/Action.tsx';
import { DigitPad } from '../frame/DigitPad.tsx';
import { Trouble } from '../frame/Trouble.tsx';
import { useKeys } from '../keyboard/useKeys.ts';
import { Amount } from '../sale/Amount.tsx';
import { useTillView } from '../useTill.ts';
import { sumOf, type Task, type TaskReason, taskReasons, typedOn } from './closing.ts';
import { actOf, type Drawing, useDrawer } from './useDrawer.ts';
import { useCloseWords, words } from './words.ts';

type Props = { first: Task; currency: CurrencyCode; opened: boolean; onBack: () => void };

/** Cash that goes in or out, the float, and the drawer opened for a reason. */
export function DrawerPage({ first, currency, opened, onBack }: Props) {
  const { t, language } = useCloseWords();
  const onTicket = words[useTillView((view) => view.state?.ticketLanguage ?? 'fr')];
  const [task, setTask] = useState<Task>(first);
  const [digits, setDigits] = useState('');
  const [reason, setReason] = useState<TaskReason | null>(null);
  const { drawing, ask, approve, again } = useDrawer();
  const typing = drawing.stage === 'typing' && task !== 'open';
  const erase = () => setDigits((typed) => typed.slice(0, -1));
  const type = (more: string) => setDigits((typed) => typedOn(typed, more));
  useKeys('screen', typing ? { digit: type, keys: { Backspace: erase } } : {});
  if (drawing.stage === 'approving') {
    const { order } = drawing;
    const sum = order.task === 'open' ? '' : `, ${formatAmount(order.amountMinor, currency, language)}`;
    return (
      <ApprovalPage
        act={actOf[order.task]}
        detail={`${t.tasks[order.task]}${sum}`}
        error={drawing.error}
        onApproval={approve}
        onCancel={again}
        onTyped={() => {}}
      />
    );
  }
  if (drawing.stage === 'done') return <DonePage drawing={drawing} currency={currency} onBack={onBack} />;
  const choose = (next: Task) => {
    setTask(next);
    setReason(null);
    again();
  };
  const amountMinor = sumOf(digits);
  const ready =
    (task === 'open' || task === 'float' ? task === 'open' || amountMinor !== null : (amountMinor ?? 0) > 0) &&
    (task === 'float' || reason !== null);
  const send = () =>
    ask({ task, amountMinor: amountMinor ?? 0, reason, words: reason ? onTicket.cashReasons[reason] : '' });
  return (
    <>
      <TaskEye task={task} amountMinor={amountMinor ?? 0} currency={currency} drawing={drawing} />
      <section className="hand">
        <Tasks current={task} opened={opened} onChoose={choose} />
        {task === 'open' ? <div className="push" /> : <DigitPad onDigits={type} onErase={erase} />}
        <Reasons task={task} chosen={reason} onChoose={setReason} />
        <div className="row last">
          <Action kind="cancel" keyName="Escape" onPress={onBack}>
            {t.back}
          </Action>
          <Confirm
            task={task}
            amountMinor={amountMinor ?? 0}
            currency={currency}
            ready={ready}
            drawing={drawing}
            onPress={send}
          />
        </div>
      </section>
    </>
  );
}

function TaskEye({
  task,
  amountMinor,
  currency,
  drawing,
}: {
  task: Task;
  amountMinor: number;
  currency: CurrencyCode;
  drawing: Drawing;
}) {
  const { t, language } = useCloseWords();
  const error = drawing.stage === 'typing' ? drawing.error : null;
  const said = error && describeError(language, error);
  return (
    <section className="eye res">
      {said ? (
        <div data-error={error.type}>
          <Verdict tone="stop" word={said.title} large>
            {`${said.state} ${said.remedy}`}
          </Verdict>
        </div>
      ) : null}
      <div className="panel sale">
        <div className="top">
          <h1 className="what">{t.taskTitles[task]}</h1>
          {task === 'open' ? null : <Amount amountMinor={amountMinor} currency={currency} caret />}
          <p className="src">{t.taskDetails[task]}</p>
        </div>
      </div>
    </section>
  );
}

function Tasks({ current, opened, onChoose }: { current: Task; opened: boolean; onChoose: (task: Task) => void }) {
  const { t } = useCloseWords();
  const tasks: Task[] = opened ? ['in', 'out', 'open'] : ['in', 'out', 'open', 'float'];
  return (
    <fieldset className="seg" aria-label={t.task}>
      {tasks.map((task) => (
        <Action key={task} keyName={t.taskKeys[task]} pressed={task === current} onPress={() => onChoose(task)}>
          {t.tasks[task]}
        </Action>
      ))}
    </fieldset>
  );
}

type ReasonsProps = { task: Task; chosen: TaskReason | null; onChoose: (reason: TaskReason) => void };

function Reasons({ task, chosen, onChoose }: ReasonsProps) {
  const { t } = useCloseWords();
  if (task === 'float') return null;
  return (
    <fieldset className="seg reasons" aria-label={t.taskReason}>
      {taskReasons[task].map((reason) => (
        <Action
          key={reason}
          keyName={t.cashReasonKeys[reason]}
          pressed={reason === chosen}
          onPress={() => onChoose(reason)}
        >
          {t.cashReasons[reason]}
        </Action>
      ))}
    </fieldset>
  );
}

type ConfirmProps = {
  task: Task;
  amountMinor: number;
  currency: CurrencyCode;
  ready: boolean;
  drawing: Drawing;
  onPress: () => void;
};

function Confirm({ task, amountMinor, currency, ready, drawing, onPress }: ConfirmProps) {
  const { t, say, language } = useCloseWords();
  const words = say(t.confirmTask[task], { amount: formatAmount(amountMinor, currency, language, 'short') });
  const working = drawing.stage === 'working';
  return (
    <Action kind="primary quiet" keyName="Enter" disabled={!ready || working} onPress={onPress}>
      {working ? t.working : words}
    </Action>
  );
}

type DoneProps = { drawing: Extract<Drawing, { stage: 'done' }>; currency: CurrencyCode; onBack: () => void };

/** What was done, and what became of its paper. */
function DonePage({ drawing: { order, why }, currency, onBack }: DoneProps) {
  const { t, language } = useCloseWords();
  return (
    <>
      <section className="eye res">
        <Verdict tone={why ? 'warn' : 'go'} word={t.taskDone[order.task]} large>
          {order.task === 'open' ? order.words : formatAmount(order.amountMinor, currency, language)}
        </Verdict>
        <Trouble error={why} tone="warn" />
      </section>
      <section className="hand">
        <div className="push" />
        <Action kind="primary" keyName="Enter" onPress={onBack} focus>
          {t.toDay}
        </Action>
      </section>
    </>
  );
}
