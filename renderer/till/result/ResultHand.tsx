import { Icon } from '#renderer/ui/icons.tsx';
import { describeError } from '#resources/locales/describe.ts';
import { useCounter } from '../counter.ts';
import { Action } from '../frame/Action.tsx';
import { OfflineDetail } from '../frame/OfflineDetail.tsx';
import type { DoneSale } from '../sale/sale.ts';
import { Simulator } from '../simulator/Simulator.tsx';
import { useScreen, useTillView, useWords } from '../useTill.ts';
import { Paper } from './Paper.tsx';
import { PrintTag } from './PrintTag.tsx';

/** The ticket as it left, and what may be done with it. */
export function ResultHand({ sale }: { sale: DoneSale }) {
  const { selling, screen } = useCounter();
  const { t } = useWords();
  const tray = useScreen((screen) => screen.tray);
  const detail = useScreen((screen) => screen.offlineDetail);
  const link = useTillView((view) => view.state?.link ?? null);
  return (
    <section className="hand">
      {tray ? (
        <Simulator waiting={false} />
      ) : detail && link?.state === 'offline' ? (
        <OfflineDetail link={link} />
      ) : (
        <TicketPreview sale={sale} />
      )}
      <PrintTrouble sale={sale} />
      <div className="seg">
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

function TicketPreview({ sale }: { sale: DoneSale }) {
  const { t, say } = useWords();
  return (
    <>
      <p className="tkh">
        <b>{sale.copy > 0 ? say(t.result.copy, { copy: sale.copy }) : t.result.ticket}</b>
        <span role="status">
          <PrintTag print={sale.print} />
        </span>
      </p>
      <div className="tk">
        <Paper ticket={sale.result.ticket} />
      </div>
    </>
  );
}

function PrintTrouble({ sale }: { sale: DoneSale }) {
  const { language } = useWords();
  if (sale.print !== 'failed' || !sale.why) return null;
  const { title, remedy } = describeError(language, sale.why);
  return (
    <div className="err" role="status" data-error={sale.why.type}>
      <Icon name="stop" />
      <div>
        <b>{title}</b>
        <p>{remedy}</p>
      </div>
    </div>
  );
}
