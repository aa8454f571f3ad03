import { useRef, useState } from 'react';
import type { TillError } from '#contract/till/errors.ts';
import type { ApprovalAsked } from '#contract/till/loyalty.ts';
import type { Act } from '#contract/till/permissions.ts';
import { useCounter } from '../counter.ts';
import { refusalOf, type TillClient } from '../door/client.ts';
import type { Task, TaskReason } from './closing.ts';

/** What was asked for, fixed at the press: a repeat is the same intention. */
export type DrawerOrder = {
  intention: string;
  task: Task;
  amountMinor: number;
  reason: TaskReason | null;
  words: string;
};

export type Drawing =
  | { stage: 'typing'; error: TillError | null }
  | { stage: 'working' | 'approving'; order: DrawerOrder; error: TillError | null }
  | { stage: 'done'; order: DrawerOrder; why: TillError | null };

/** Which right each task needs. */
export const actOf: Record<Task, Act> = {
  in: 'cash-movement',
  out: 'cash-movement',
  open: 'drawer',
  float: 'open-day',
};

/** One act on the drawer, from the press to its answer. */
export function useDrawer() {
  const { client, newId, sound } = useCounter();
  const [drawing, setDrawing] = useState<Drawing>({ stage: 'typing', error: null });
  const last = useRef<DrawerOrder | null>(null);

  const send = async (order: DrawerOrder, approval: ApprovalAsked | null) => {
    setDrawing({ stage: 'working', order, error: null });
    try {
      const service = client();
      if (!service) return setDrawing({ stage: 'typing', error: { type: 'ServiceGone' } });
      const why = await perform(service, order, approval);
      sound.play('go');
      last.current = null;
      setDrawing({ stage: 'done', order, why });
    } catch (thrown) {
      const error = refusalOf(thrown) ?? { type: 'ServiceGone' as const };
      if (error.type === 'ApprovalRequired') return setDrawing({ stage: 'approving', order, error: null });
      sound.play('stop');
      setDrawing(approval ? { stage: 'approving', order, error } : { stage: 'typing', error });
    }
  };
  const same = (a: Omit<DrawerOrder, 'intention'>, b: DrawerOrder | null) =>
    b !== null && a.task === b.task && a.amountMinor === b.amountMinor && a.reason === b.reason;
  return {
    drawing,
    ask(asked: Omit<DrawerOrder, 'intention'>) {
      const order = last.current && same(asked, last.current) ? last.current : { ...asked, intention: newId() };
      last.current = order;
      void send(order, null);
    },
    approve(approval: ApprovalAsked) {
      if (drawing.stage === 'approving') void send(drawing.order, approval);
    },
    /** Back to the sum: nothing was done, or it is over. */
    again: () => setDrawing({ stage: 'typing', error: null }),
  };
}

/** @returns what is wrong with the paper or the pulse; null when nothing is */
async function perform(
  till: TillClient,
  order: DrawerOrder,
  approval: ApprovalAsked | null,
): Promise<TillError | null> {
  const { intention, task, amountMinor, reason, words } = order;
  if (task === 'float') {
    await till.day.open({ intention, floatMinor: amountMinor });
    return null;
  }
  if (task === 'open') {
    const opened = await till.drawer.open({
      intention,
      reason: reason === 'change' ? 'change' : 'other',
      note: words,
      approval,
    });
    return opened.why;
  }
  const signed = task === 'in' ? amountMinor : 0 - amountMinor;
  return (await till.drawer.move({ intention, amountMinor: signed, reason: words, approval })).why;
}
