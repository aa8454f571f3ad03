import type { CentralError } from '#contract/central/index.ts';
import type { Result } from '#contract/result/index.ts';
import { setCardPin, unblockCardPin } from '#native/cards/card-pin.ts';
import { issue, join } from './make-card.ts';
import { pinWork } from './pin-work.ts';
import { settleElsewhere } from './settle-elsewhere.ts';
import type { RecordedCard } from './transcript.ts';
import type { Work, WorkEnd } from './work.ts';

/** The card work of a plan: pure over the card's answers, so that any server can begin it anew. */
export function cardWork(card: RecordedCard, work: Work): Promise<Result<WorkEnd, CentralError>> {
  const { purpose } = work.plan;
  switch (purpose.do) {
    case 'issue':
      return issue(card, work);
    case 'join':
      return join(card, work);
    case 'set-pin':
      return pinWork(card, work, (driver, of) => setCardPin(driver, { ...of, newPin: purpose.newPin }));
    case 'follow-pin':
      return pinWork(card, work, (driver, of) => setCardPin(driver, { ...of, newPin: purpose.pin }));
    case 'settle-elsewhere':
      return settleElsewhere(card, work);
    case 'unblock-pin':
      return pinWork(card, work, unblockCardPin);
  }
}
