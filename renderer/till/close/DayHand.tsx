import { numberOfZ } from '#contract/counter/day-ticket.ts';
import { shortNameOf } from '#renderer/ui/format.ts';
import { Action } from '../frame/Action.tsx';
import { DigitPad } from '../frame/DigitPad.tsx';
import { Trouble } from '../frame/Trouble.tsx';
import { TicketPreview } from '../result/TicketPreview.tsx';
import { useNowMs, useTillView } from '../useTill.ts';
import { type Count, type DayState, draftOf } from './closing.ts';
import type { Closing } from './useClosing.ts';
import { useCloseWords } from './words.ts';

export type DayHandProps = {
  closing: Closing;
  day: DayState;
  count: Count;
  /** The pad stands in the preview's place. */
  pad: boolean;
  onDigits: (digits: string) => void;
  onErase: () => void;
  onRecount: () => void;
  onX: () => void;
  onDrawer: (task: 'in' | 'float') => void;
  onClose: () => void;
};

/** The Z as it would be printed, or the pad for the count; what may be done; the closing last. */
export function DayHand(props: DayHandProps) {
  const { closing, day, count, pad, onRecount, onX, onDrawer, onClose } = props;
  const { t } = useCloseWords();
  const mayClose = !day.empty && count.countedMinor !== null && !closing.working;
  const opened = day.totals.openedDay !== null;
  const why = day.empty ? t.nothing : count.countedMinor === null ? t.countFirst : t.closeDay;
  return (
    <section className="hand">
      {pad ? <DigitPad onDigits={props.onDigits} onErase={props.onErase} /> : <Preview {...props} />}
      <Trouble error={closing.error ?? closing.read?.why ?? null} role="alert" />
      <div className="seg">
        <Action keyName={t.xKey} onPress={onX} disabled={closing.working}>
          {t.x}
        </Action>
        <Action keyName={t.recountKey} onPress={onRecount} pressed={pad}>
          {count.countedMinor === null ? t.count : t.recount}
        </Action>
      </div>
      <div className="seg">
        <Action keyName={t.cashKey} onPress={() => onDrawer('in')}>
          {t.cash}
        </Action>
        <Action keyName={t.floatKey} onPress={() => onDrawer('float')} disabled={opened} kind="quiet">
          {t.float}
        </Action>
      </div>
      <Action kind="primary quiet" keyName="Enter" icon="z" onPress={onClose} disabled={!mayClose}>
        {closing.working ? t.working : why}
      </Action>
    </section>
  );
}

function Preview({ closing, day, count }: DayHandProps) {
  const { t, say } = useCloseWords();
  const nowMs = useNowMs(60_000);
  const state = useTillView((view) => view.state);
  const staff = useTillView((view) => view.staff);
  if (!state) return null;
  const { read } = closing;
  if (read) return <TicketPreview title={t.printedX} print={read.print} ticket={read.ticket} />;
  const draft = draftOf(day, count, { state, staff: shortNameOf(staff?.name ?? ''), atMs: nowMs });
  return <TicketPreview title={say(t.preview, { number: numberOfZ(day.number) })} print={null} ticket={draft} />;
}
