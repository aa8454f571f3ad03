import type { SaleResult } from '#contract/till/loyalty.ts';

/** The ticket at 42 columns, as the printer lays it out. */
export function Paper({ ticket }: { ticket: SaleResult['ticket'] }) {
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
