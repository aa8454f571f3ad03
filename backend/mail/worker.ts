import type { Database } from '#backend/db/tenancy.ts';
import type { Seal } from '#backend/pki/sealing.ts';
import type { Clock } from '#contract/time/index.ts';
import { type DueMail, keepOutcome, type MailOutcome, takeDue } from './outbox.ts';
import { readTicket } from './read-ticket.ts';
import { ticketMail } from './ticket-mail.ts';
import type { MailFault, MailTransport } from './transport.ts';

const lookEveryMs = 2_000;
/** Of one look: whoever stops the server does not wait for a whole mailing. */
const mostAtOnce = 200;
/** Longer than one message can take: nobody sends a message that is being sent. */
const leaseMs = 2 * 60_000;
const attemptsMax = 12;
const firstPauseMs = 30_000;
const longestPauseMs = 3_600_000;

/** Half a minute, then twice as long each time, up to an hour: twelve attempts last some seven hours. */
export const pauseAfter = (attempts: number): number =>
  Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(attempts - 1, 20));

/** What a fault means for a message that was tried so often. */
export function outcomeOf(fault: MailFault, attempts: number, nowMs: number): MailOutcome {
  if (fault.lasting || attempts >= attemptsMax) return { state: 'given-up', fault: fault.what };
  return { state: 'waiting', fault: fault.what, nextAtMs: nowMs + pauseAfter(attempts) };
}

export type MailWorker = {
  /** Sends all that is due now; resolves when it is tried. */
  round(): Promise<void>;
  /** Ends after the message under way. */
  stop(): Promise<void>;
};

/**
 * Sends what waits in the queue, one message after another. At least once: a server killed between the mail server's answer and its
 * own note sends it again once the lease has ended, under the same Message-ID.
 */
export function startMailWorker(parts: {
  db: Database;
  clock: Clock;
  seal: Seal;
  /** Where the server's own page checks tickets; null: messages bear no link. */
  page: string | null;
  transport: MailTransport;
  log: (event: string) => void;
}): MailWorker {
  const { db, clock, transport, log } = parts;
  let stopped = false;
  let callOff = () => {};

  async function sendOne(mail: DueMail): Promise<MailOutcome> {
    const ticket = await readTicket(parts, mail);
    if (!ticket) return { state: 'no-address', fault: null };
    const sent = await transport.send(ticketMail(ticket, mail.intention, transport.domain));
    if (sent.ok) return { state: 'sent', fault: null };
    const outcome = outcomeOf(sent.error, mail.attempts, clock.wallMs());
    log(`the ticket of ${mail.intention} was not taken: ${sent.error.what}, ${outcome.state}`);
    return outcome;
  }

  async function round(): Promise<void> {
    for (let sent = 0; sent < mostAtOnce && !stopped; sent += 1) {
      const mail = await takeDue(db, clock.wallMs(), leaseMs);
      if (!mail) return;
      await keepOutcome(db, mail, await sendOne(mail), clock.wallMs());
    }
  }

  /** One round after another: nobody finds a message missing that another round of this server has just taken. */
  let turn: Promise<void> = Promise.resolve();
  const inTurn = (): Promise<void> => {
    turn = turn.then(round, round);
    return turn;
  };
  let running: Promise<void> = Promise.resolve();
  const look = () => {
    running = inTurn()
      .catch((cause: unknown) => log(`mail waits: ${String(cause)}`))
      .then(() => {
        if (!stopped) callOff = clock.after(lookEveryMs, look);
      });
  };
  look();
  return {
    round: inTurn,
    async stop() {
      stopped = true;
      callOff();
      await running;
    },
  };
}
