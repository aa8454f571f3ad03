import { useEffect, useState } from 'react';
import type { ApprovalAsked } from '#contract/till/loyalty.ts';
import { isAboutApproval } from '../approval/refusal.ts';
import { useCounter } from '../counter.ts';
import { refusalOf } from '../door/client.ts';
import { useScreen } from '../useTill.ts';
import { amountOf, isWhole, type Order, type Reason, type Reversing } from './reversing.ts';

export type ReversingActions = {
  type(text: string): void;
  find(entry: string): Promise<void>;
  amount(digits: string): void;
  because(reason: Reason): void;
  /** The last press: from here on the intention is fixed. */
  confirm(): void;
  approve(approval: ApprovalAsked): void;
  restart(): void;
};

const asking: Reversing = { stage: 'which', typed: '', error: null };

/** One reversal, from its number to its ticket. */
export function useReversing(): { state: Reversing; actions: ReversingActions } {
  const { client, newId, sound } = useCounter();
  const asked = useScreen((screen) => screen.reversing);
  const [state, setState] = useState<Reversing>(asked ? { stage: 'finding', typed: asked } : asking);

  const find = async (entry: string) => {
    setState({ stage: 'finding', typed: entry });
    try {
      const operation = await client()?.loyalty.findOperation({ entry });
      if (operation) setState({ stage: 'found', operation, digits: '', reason: null });
    } catch (thrown) {
      setState({ stage: 'which', typed: entry, error: refusalOf(thrown) });
    }
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, for the operation that the screen before named
  useEffect(() => {
    if (asked) void find(asked);
  }, []);

  const send = async (
    operation: Extract<Reversing, { stage: 'found' }>['operation'],
    order: Order,
    approval: ApprovalAsked | null,
  ) => {
    setState({ stage: 'working', operation, order });
    try {
      const result = await client()?.loyalty.reverse({ ...order, approval });
      if (!result) return;
      sound.play('go');
      setState({ stage: 'done', operation, result });
    } catch (thrown) {
      const error = refusalOf(thrown) ?? { type: 'ServiceGone' as const };
      if (isAboutApproval(error, approval)) return setState({ stage: 'approving', operation, order, error });
      sound.play('stop');
      setState({ stage: 'refused', operation, order, error });
    }
  };

  const actions: ReversingActions = {
    find,
    type: (typed) => setState({ stage: 'which', typed, error: null }),
    amount: (digits) => {
      if (state.stage === 'found' && state.operation.operation === 'sale') setState({ ...state, digits });
    },
    because: (reason) => {
      if (state.stage === 'found') setState({ ...state, reason });
    },
    confirm: () => {
      if (state.stage === 'refused') return void send(state.operation, state.order, null);
      if (state.stage !== 'found' || !state.reason) return;
      const { operation, reason } = state;
      const amountMinor = amountOf(state);
      const part = isWhole(operation, amountMinor) ? null : amountMinor;
      void send(operation, { intention: newId(), entry: operation.intention, amountMinor: part, reason }, null);
    },
    approve: (approval) => {
      if (state.stage === 'approving') void send(state.operation, state.order, approval);
    },
    restart: () => setState(asking),
  };
  return { state, actions };
}
