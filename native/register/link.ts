import type { Clock } from '#contract/time/index.ts';
import type { ByteLine } from '#native/printers/lines/line.ts';
import type { RegisterAmount } from './body.ts';
import type { RegisterFormat } from './format.ts';
import { createRegisterParser, type RegisterEvent, type RegisterFault } from './parser.ts';

export type RegisterLinkEvents = {
  onAmount(amount: RegisterAmount): void;
  onFault(fault: RegisterFault): void;
};

export type RegisterLink = {
  /** Ends the link and closes its line. */
  close(): Promise<void>;
};

/**
 * A register sends a frame in one go. After this silence its rest will not come, and must not be joined to the next
 * amount: `12` before a pause and `50` after it are not 1250.
 */
const FRAME_PAUSE_MS = 1500;

/**
 * What a register that waits for an answer gets. A frame that came right is never asked for again, whatever it says:
 * it would come for ever. Noise gets nothing: the register would repeat an amount that we have.
 */
function replyTo(event: RegisterEvent): 'good' | 'bad' | null {
  if (event.ok) return 'good';
  switch (event.error.type) {
    case 'RegisterChecksumWrong':
      return 'bad';
    case 'RegisterGarbage':
    case 'RegisterFrameTooLong':
    case 'RegisterFrameCutShort':
      return null;
    default:
      return 'good';
  }
}

/**
 * Listens to a cash register. Answers frames where the format says that the register waits for it.
 * @param exponent decimals of the shop's currency
 */
export function openRegisterLink(
  line: ByteLine,
  format: RegisterFormat,
  exponent: number,
  clock: Pick<Clock, 'after'>,
  events: RegisterLinkEvents,
): RegisterLink {
  const parser = createRegisterParser(format, exponent);
  let callOff = () => {};

  const reply = (event: RegisterEvent) => {
    const answer = replyTo(event);
    if (format.reply === null || answer === null) return;
    void line.write(Uint8Array.from(Buffer.from(format.reply[answer], 'hex')));
  };
  const tell = (event: RegisterEvent) => {
    if (event.ok) events.onAmount(event.value);
    else events.onFault(event.error);
  };
  const giveUp = () => {
    if (parser.isInside()) parser.giveUp().forEach(tell);
  };

  const stopData = line.onData((bytes) => {
    callOff();
    for (const event of parser.take(bytes)) {
      reply(event);
      tell(event);
    }
    if (parser.isInside()) callOff = clock.after(FRAME_PAUSE_MS, giveUp);
  });
  const stopState = line.onState((state) => {
    if (state === 'open') return;
    callOff();
    giveUp();
  });

  return {
    async close() {
      callOff();
      stopData();
      stopState();
      await line.close();
    },
  };
}
