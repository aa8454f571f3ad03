import { useRef, useState } from 'react';
import type { ClockDirection } from '#contract/journal/kinds/attendance.ts';
import type { ClockedBy, Clocking } from '#contract/till/attendance.ts';
import type { TillError } from '#contract/till/errors.ts';
import { useCounter } from '../counter.ts';
import { refusalOf } from '../door/client.ts';

export type Today = { timeZone: string; clockings: Clocking[] };
export type ClockingState =
  | { stage: 'asking'; error: TillError | null }
  | { stage: 'checking'; byCard: boolean }
  | { stage: 'today'; clocked: Clocking | null; today: Today };

/** One clocking after another. The same act keeps its intention until it was answered. */
export function useClocking() {
  const { client, newId, sound } = useCounter();
  const [state, setState] = useState<ClockingState>({ stage: 'asking', error: null });
  const act = useRef<{ what: string; intention: string } | null>(null);

  const fail = (thrown: unknown) => setState({ stage: 'asking', error: refusalOf(thrown) ?? { type: 'ServiceGone' } });
  const show = async (clocked: Clocking | null) => {
    try {
      const today = await client()?.attendance.today();
      if (today) setState({ stage: 'today', clocked, today });
    } catch (thrown) {
      fail(thrown);
    }
  };
  const clock = async (direction: ClockDirection, who: ClockedBy) => {
    const what = `${direction} ${'code' in who ? who.code : 'card' in who ? 'card' : 'badge'}`;
    if (act.current?.what !== what) act.current = { what, intention: newId() };
    setState({ stage: 'checking', byCard: 'card' in who });
    try {
      const clocked = await client()?.attendance.clock({ intention: act.current.intention, direction, who });
      if (!clocked) return setState({ stage: 'asking', error: { type: 'ServiceGone' } });
      act.current = null;
      sound.play('go');
      await show(clocked);
    } catch (thrown) {
      const error = refusalOf(thrown) ?? { type: 'ServiceGone' as const };
      // A refusal recorded nothing; only where nobody knows is the same act asked again.
      if (error.type !== 'ServiceGone') act.current = null;
      setState({ stage: 'asking', error: error.type === 'Cancelled' ? null : error });
    }
  };
  return {
    state,
    clock: (direction: ClockDirection, who: ClockedBy) => void clock(direction, who),
    cancel() {
      if (act.current)
        client()
          ?.loyalty.cancel({ intention: act.current.intention })
          .catch(() => {});
    },
    showToday: () => void show(null),
    again: () => setState({ stage: 'asking', error: null }),
  };
}
