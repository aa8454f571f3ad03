import { useCounter } from '../counter.ts';
import { Action } from '../frame/Action.tsx';
import { OfflineDetail } from '../frame/OfflineDetail.tsx';
import { Trouble } from '../frame/Trouble.tsx';
import type { DoneSale } from '../sale/sale.ts';
import { Simulator } from '../simulator/Simulator.tsx';
import { useScreen, useTillView, useTray, useWords } from '../useTill.ts';
import { TicketPreview } from './TicketPreview.tsx';

/** The ticket as it left, and what may be done with it. */
export function ResultHand({ sale }: { sale: DoneSale }) {
  const { selling, screen } = useCounter();
  const { t, say } = useWords();
  const tray = useTray();
  const detail = useScreen((screen) => screen.offlineDetail);
  const link = useTillView((view) => view.state?.link ?? null);
  return (
    <section className="hand">
      {tray ? (
        <Simulator waiting={false} />
      ) : detail && link?.state === 'offline' ? (
        <OfflineDetail link={link} />
      ) : (
        <TicketPreview
          title={sale.copy > 0 ? say(t.result.copy, { copy: sale.copy }) : t.result.ticket}
          print={sale.print}
          ticket={sale.result.ticket}
        />
      )}
      <Trouble error={sale.print === 'failed' ? sale.why : null} />
      <div className="seg again">
        <Action
          keyName="F7"
          kind="quiet"
          disabled={sale.reprinting}
          onPress={() => void selling.reprint(sale.intention.id)}
        >
          {t.result.reprint}
        </Action>
        <Action keyName="F8" onPress={() => screen.setState({ page: 'reverse', reversing: sale.intention.id })}>
          {t.reverse.title}
        </Action>
      </div>
      <Action kind="primary" keyName="Enter" onPress={selling.next} focus>
        {t.result.next}
      </Action>
    </section>
  );
}
