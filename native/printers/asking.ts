import { err, ok, type Result } from '#contract/result/index.ts';
import type { Clock } from '#contract/time/index.ts';
import type { PrinterAnswer } from './answers.ts';
import { askPaperSensor, askProcessId, askStatus } from './commands.ts';
import { type Conversation, createConversation, type Expectation, within } from './conversation.ts';
import type { ByteLine } from './lines/line.ts';
import type { PrinterProfile } from './profile.ts';
import { type PrinterError, type PrinterStatus, readStatus, STATUS_REQUESTS, type StatusRequest } from './status.ts';

export type PrinterTimings = {
  /** An answer given at once comes within this. */
  replyMs: number;
  /** Nothing heard for this long: no late answer is still on its way. */
  quietMs: number;
  /** Between two looks at the status while a ticket is being printed. */
  pollMs: number;
  /** A ticket is printed within this; a long one takes some seconds. */
  processedMs: number;
  /** The system takes a ticket's bytes within this: 3 kB at 9600 baud take 3 s. */
  sendMs: number;
};

export const PRINTER_TIMINGS: PrinterTimings = {
  replyMs: 800,
  quietMs: 150,
  pollMs: 1000,
  processedMs: 10_000,
  sendMs: 15_000,
};

/** What a printer can be asked, one question at a time. */
export type Asking = {
  /** The four real-time answers, read together. */
  status(): Promise<Result<PrinterStatus, PrinterError>>;
  /** Makes sure that what earlier tickets left in the printer's queue is done, so that no answer of theirs is taken for ours. */
  settleQueue(): Promise<Result<void, PrinterError>>;
  /** A question to put behind a ticket: its bytes, and the answer that proves the ticket was processed. */
  proof(): { question: Uint8Array; expected: Expectation };
  send(bytes: Uint8Array, timeMs: number): Promise<Result<void, PrinterError>>;
  /** From now on, answers to earlier questions may come late. */
  unsettle(): void;
  end(): void;
};

const PROOF_IDS = 10_000;

const lineLost = (line: ByteLine): PrinterError => ({
  type: 'PrinterUnavailable',
  reason: 'line-lost',
  line: line.fault(),
});

export function createAsking(
  line: ByteLine,
  profile: PrinterProfile,
  clock: Pick<Clock, 'after'>,
  timings: PrinterTimings,
): Asking {
  const conversation: Conversation = createConversation(line, clock);
  // A printer switched on before us may still owe answers to whoever spoke with it last.
  let statusSettled = false;
  let queueSettled = false;
  let proofs = 0;
  const unsettle = () => {
    statusSettled = false;
    queueSettled = false;
  };
  conversation.onLost(unsettle);

  const send = async (bytes: Uint8Array, timeMs: number): Promise<Result<void, PrinterError>> => {
    const sent = await within(clock, timeMs, line.write(bytes));
    if (sent === 'late') {
      // The rest must not come out hours later, behind somebody else's ticket.
      await line.renew();
      return err({ type: 'PrinterFault', cause: 'stalled' });
    }
    if (sent.ok) return sent;
    const reason = sent.error.type === 'LineLost' ? 'line-lost' : 'absent';
    return err({ type: 'PrinterUnavailable', reason, line: sent.error });
  };

  const ask = async (question: Uint8Array, expected: Expectation): Promise<Result<PrinterAnswer, PrinterError>> => {
    conversation.tookGarbage();
    const sent = await send(question, timings.replyMs);
    const answer = sent.ok ? await within(clock, timings.replyMs, expected.answer) : 'late';
    expected.forget();
    if (!sent.ok) return sent;
    if (answer === 'lost') return err(lineLost(line));
    if (answer !== 'late') return ok(answer);
    return err(
      conversation.tookGarbage() ? { type: 'PrinterFault', cause: 'not-understood' } : { type: 'PrinterSilent' },
    );
  };

  const askRealTime = async (request: StatusRequest): Promise<Result<number, PrinterError>> => {
    const answer = await ask(
      askStatus(request),
      conversation.expect(({ kind }) => kind === 'real-time'),
    );
    if (!answer.ok) statusSettled = false;
    return answer.ok ? ok((answer.value as PrinterAnswer & { kind: 'real-time' }).byte) : answer;
  };

  const proof = () => {
    proofs = (proofs + 1) % PROOF_IDS;
    const id = String(proofs).padStart(4, '0');
    return profile.proof === 'process-id'
      ? {
          question: askProcessId(id),
          expected: conversation.expect((answer) => answer.kind === 'process-id' && answer.id === id),
        }
      : { question: askPaperSensor, expected: conversation.expect(({ kind }) => kind === 'paper-sensor') };
  };

  return {
    async status() {
      if (!statusSettled) {
        const first = await askRealTime(1);
        if (!first.ok) return first;
        await conversation.quiet(timings.quietMs);
        statusSettled = true;
      }
      const answers = { 1: 0, 2: 0, 3: 0, 4: 0 };
      for (const request of STATUS_REQUESTS) {
        const answer = await askRealTime(request);
        if (!answer.ok) return answer;
        answers[request] = answer.value;
      }
      return ok(readStatus(answers));
    },
    async settleQueue() {
      if (queueSettled) return ok(undefined);
      const { question, expected } = proof();
      const answer = await ask(question, expected);
      if (!answer.ok) {
        return answer.error.type === 'PrinterSilent' ? err({ type: 'PrinterFault', cause: 'queue-stuck' }) : answer;
      }
      // Questions stand next to each other in its queue: after the first answer the others follow at once.
      await conversation.quiet(timings.quietMs);
      queueSettled = true;
      return ok(undefined);
    },
    proof,
    send,
    unsettle,
    end: conversation.end,
  };
}
