import { numberOfZ } from '#contract/counter/day-ticket.ts';
import { formatAmount } from '#contract/money/index.ts';
import { Icon } from '#renderer/ui/icons.tsx';
import { Verdict } from '#renderer/ui/Verdict.tsx';
import { sayDayReason } from '#resources/locales/day-reason.ts';
import { Action } from '../frame/Action.tsx';
import { Trouble } from '../frame/Trouble.tsx';
import { TicketPreview } from '../result/TicketPreview.tsx';
import { Figure } from './Cash.tsx';
import type { Closed } from './copyOfZ.ts';
import { useCloseWords } from './words.ts';

type Props = { closed: Closed; working: boolean; onReprint: () => void; onDone: () => void };

/** The Z as it stands, and its paper. */
export function ClosedPage({ closed, working, onReprint, onDone }: Props) {
  const { t, say, language } = useCloseWords();
  const facts = {
    number: numberOfZ(closed.number),
    amount: formatAmount(closed.takingsMinor, closed.currency, language),
  };
  return (
    <>
      <section className="eye res closed-day">
        <Verdict tone="go" word={t.closed} spoken={say(t.announce, facts)} large>
          {say(t.closedDetail, facts)}
        </Verdict>
        <Drawer closed={closed} />
      </section>
      <section className="hand">
        <TicketPreview
          title={closed.copy > 0 ? say(t.copy, { copy: closed.copy }) : say(t.ticketOf, facts)}
          print={closed.print}
          ticket={closed.ticket}
        />
        <Trouble error={closed.why} />
        <Action keyName="F7" kind="quiet" disabled={working} onPress={onReprint}>
          {t.reprint}
        </Action>
        <Action kind="primary" keyName="Enter" onPress={onDone} focus>
          {t.done}
        </Action>
      </section>
    </>
  );
}

/** What was counted, against what was expected. */
function Drawer({ closed }: { closed: Closed }) {
  const { t, language } = useCloseWords();
  const short = (minor: number) => formatAmount(minor, closed.currency, language, 'short');
  const { expectedMinor, countedMinor, differenceMinor, reason } = closed;
  const word = differenceMinor === 0 ? t.even : differenceMinor < 0 ? t.missing : t.surplus;
  return (
    <div className="panel cash">
      <h2>{t.drawer}</h2>
      <div className="c">
        <span>{t.expected}</span>
        <Figure name="expected" text={short(expectedMinor ?? 0)} />
      </div>
      <div className="c">
        <span>{t.counted}</span>
        <Figure name="counted" text={short(countedMinor)} />
      </div>
      <div className={differenceMinor === 0 ? 'c diff even' : 'c diff'}>
        <span className="row">
          <Icon name={differenceMinor === 0 ? 'ok' : 'warn'} />
          {word}
        </span>
        <Figure name="difference" text={short(Math.abs(differenceMinor))} />
      </div>
      {reason === null ? null : <p className="notes">{sayDayReason(language, reason)}</p>}
    </div>
  );
}
