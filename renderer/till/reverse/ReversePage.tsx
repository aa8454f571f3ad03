import { formatAmount, formatInteger } from '#contract/money/index.ts';
import { ApprovalPage } from '../approval/ApprovalPage.tsx';
import { approvalRefusal } from '../approval/refusal.ts';
import { useWords } from '../useTill.ts';
import { FoundPage } from './FoundPage.tsx';
import { ReversedPage } from './ReversedPage.tsx';
import { pointsBack, type Reversing } from './reversing.ts';
import { useReversing } from './useReversing.ts';
import { WhichPage } from './WhichPage.tsx';

/** Takes a sale or a spending back: which one, how much and why, then what the customer gets. */
export function ReversePage() {
  const { state, actions } = useReversing();
  const { t, language } = useWords();
  const asked = ({ operation, order }: Extract<Reversing, { stage: 'approving' }>) =>
    operation.operation === 'spend'
      ? `${formatInteger(pointsBack(operation), language)} ${t.result.points}`
      : formatAmount(order.amountMinor ?? operation.left.amountMinor, operation.currency, language);
  switch (state.stage) {
    case 'which':
    case 'finding':
      return <WhichPage state={state} actions={actions} />;
    case 'approving':
      return (
        <ApprovalPage
          act="reversal"
          detail={asked(state)}
          error={approvalRefusal(state.error)}
          onApproval={actions.approve}
          onCancel={actions.restart}
        />
      );
    case 'done':
      return <ReversedPage operation={state.operation} result={state.result} onNext={actions.restart} />;
    default:
      return <FoundPage state={state} actions={actions} />;
  }
}
