import { useCallback, useEffect, useRef, useState } from 'react';
import type { DayRead } from '#contract/till/counter.ts';
import type { TillError } from '#contract/till/errors.ts';
import type { ApprovalAsked } from '#contract/till/loyalty.ts';
import { useCounter } from '../counter.ts';
import { refusalOf } from '../door/client.ts';
import { useTillView } from '../useTill.ts';
import type { DayState } from './closing.ts';
import { type Closed, withCopy } from './copyOfZ.ts';

export type Closing = {
  day: DayState | null;
  /** The X that was printed last; null: the preview shows the Z to come. */
  read: DayRead | null;
  closed: Closed | null;
  /** The last press is being worked on. */
  working: boolean;
  error: TillError | null;
  /** The expected sum that a blind count was told afterwards. */
  shownMinor: number | null;
  /** Somebody else has to allow the closing. */
  approving: boolean;
};

export type ClosingActions = {
  printX(): void;
  close(countedCashMinor: number, reason: string | null, approval?: ApprovalAsked): void;
  reprint(): void;
  /** The count begins anew: what was refused is over. */
  recount(): void;
  reload(): void;
};

const nothing: Closing = {
  day: null,
  read: null,
  closed: null,
  working: false,
  error: null,
  shownMinor: null,
  approving: false,
};

/** The day as the service has it, and what may be done with it. */
export function useClosing(): { closing: Closing; actions: ClosingActions } {
  const { client, newId, sound } = useCounter();
  const unsent = useTillView((view) => view.state?.link.unsentEntries ?? 0);
  const [closing, setClosing] = useState<Closing>(nothing);
  const change = useCallback((more: Partial<Closing>) => setClosing((now) => ({ ...now, ...more })), []);
  // One intention for one count: pressed again after a refusal or a lost answer, it is the same Z.
  const intention = useRef<{ id: string; countedCashMinor: number } | null>(null);

  const reload = useCallback(() => {
    client()
      ?.day.state()
      .then(
        (day) => change({ day }),
        (thrown: unknown) => change({ error: refusalOf(thrown) }),
      );
  }, [client, change]);
  // New entries, and the server's acknowledgement of some, change what the day is.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the count is the reason to read again
  useEffect(reload, [reload, unsent]);

  const printX = async () => {
    change({ working: true, error: null });
    try {
      change({ read: (await client()?.day.x({ intention: newId() })) ?? null });
    } catch (thrown) {
      change({ error: refusalOf(thrown) });
    }
    change({ working: false });
  };
  const refused = (error: TillError | null) => {
    if (error?.type === 'ApprovalRequired') return change({ approving: true, error: null });
    const expected = error?.facts?.expectedMinor;
    if (error?.type === 'CountDiffers' && typeof expected === 'number') change({ shownMinor: expected });
    // A lost answer says nothing: the same press asks again.
    change({ error: error ?? { type: 'ServiceGone' } });
    sound.play('warn');
  };
  const close = async (countedCashMinor: number, reason: string | null, approval: ApprovalAsked | null) => {
    if (intention.current?.countedCashMinor !== countedCashMinor) intention.current = { id: newId(), countedCashMinor };
    const { id } = intention.current;
    change({ working: true, error: null });
    try {
      const closed = await client()?.day.close({ intention: id, countedCashMinor, reason, approval });
      if (closed) {
        sound.play('go');
        change({ closed: { ...closed, intention: id, copy: 0 }, approving: false });
      }
    } catch (thrown) {
      refused(refusalOf(thrown));
    }
    change({ working: false });
  };
  const reprint = async () => {
    const z = closing.closed;
    const service = client();
    // Nothing was asked for: what is known of the paper stays as it is.
    if (!z || !service) return;
    change({ working: true });
    change({ working: false, closed: await withCopy(service, z, newId()) });
  };
  return {
    closing,
    actions: {
      printX: () => void printX(),
      close: (counted, reason, approval) => void close(counted, reason, approval ?? null),
      reprint: () => void reprint(),
      // What was printed before is over as well: the preview shows the Z to come again.
      recount: () => change({ read: null, error: null, shownMinor: null, approving: false }),
      reload: () => {
        change({ read: null });
        reload();
      },
    },
  };
}
