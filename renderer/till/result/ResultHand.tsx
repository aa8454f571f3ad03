import type { SaleResult } from '#contract/till/loyalty.ts';
import { Icon } from '#renderer/ui/icons.tsx';
import { describeError } from '#resources/locales/describe.ts';
import { useCounter } from '../counter.ts';
import { Action } from '../frame/Action.tsx';
import { OfflineDetail } from '../frame/OfflineDetail.tsx';
import type { DoneSale } from '../sale/sale.ts';
import { Simulator } from '../simulator/Simulator.tsx';
import { useScreen, useTillView, useWords } from '../useTill.ts';
import { PrintTag } from './PrintTag.tsx';

/** The ticket as it left, and what may be done with it. */
export function ResultHand({ sale }: { sale: DoneSale }) {
  const { selling } = useCounter();
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
      <Action
        keyName="F7"
        kind="quiet"
        disabled={sale.reprinting}
        onPress={() => void selling.reprint(sale.intention.id)}
      >
        {t.result.reprint}
      </Action>
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

/** The ticket at 42 columns, as the printer lays it out. */
function Paper({ ticket }: { ticket: SaleResult['ticket'] }) {
  return (
    <div className="paper">
      {ticket.lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line of a ticket is its place
        <span key={index} className={ticket.styles[index]}>
          {`${line}\n`}
        </span>
      ))}
    </div>
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
