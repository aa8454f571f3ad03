import type { PrintState, TicketPreview as Ticket } from '#contract/till/loyalty.ts';
import { Paper } from './Paper.tsx';
import { PrintTag } from './PrintTag.tsx';

type Props = {
  title: string;
  /** Null: it is not printed, only shown. */
  print: PrintState | null;
  ticket: Ticket;
};

/** A ticket as it left the till, with what became of its paper beside its title. */
export const TicketPreview = ({ title, print, ticket }: Props) => (
  <>
    <p className="tkh">
      <b>{title}</b>
      {print === null ? null : (
        <span role="status">
          <PrintTag print={print} />
        </span>
      )}
    </p>
    <div className="tk">
      <Paper ticket={ticket} />
    </div>
  </>
);
