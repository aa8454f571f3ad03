import type { TicketPreview } from '#contract/till/loyalty.ts';
import { useWords } from '../useTill.ts';
import { QrSymbol } from './QrSymbol.tsx';

/** The ticket at 42 columns, as the printer lays it out. Its QR is drawn where its line stands, and moves no column. */
export function Paper({ ticket }: { ticket: TicketPreview }) {
  const { t } = useWords();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="paper" tabIndex={0} aria-label={t.result.ticket}>
      {ticket.lines.map((line, index) =>
        ticket.qr?.line === index ? (
          <QrSymbol key="qr" data={ticket.qr.data} label={t.result.qr} />
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line of a ticket is its place
          <span key={index} className={ticket.styles[index]}>
            {`${line}\n`}
          </span>
        ),
      )}
    </section>
  );
}
