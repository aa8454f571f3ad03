import { err, ok, type Result } from '#contract/result/index.ts';
import { frames, SW1_DESFIRE, unwrap, wrap } from './apdu.ts';
import { AesAuthentication, type Authentication, LegacyAuthentication } from './authentication.ts';
import { concat, zeros } from './bytes.ts';
import { AES_BLOCK } from './crypto/aes.ts';
import { DES_BLOCK, type LegacyReaderKey } from './crypto/des.ts';
import { type CardError, commandName, errorOfStatus } from './errors.ts';
import { type CommMode, INS, STATUS } from './instructions.ts';
import type { SecureChannel } from './secure-channel.ts';
import type { CardTransport } from './transport.ts';

export type CardResult<T> = Promise<Result<T, CardError>>;

/** Frames one answer may have before it counts as nonsense: 8 KB in frames of 48 bytes, and some. */
const MAX_ANSWER_FRAMES = 200;
const SW_DONE = (SW1_DESFIRE << 8) | STATUS.ok;
const SW_MORE = (SW1_DESFIRE << 8) | STATUS.additionalFrame;
const SW_ABORTED = (SW1_DESFIRE << 8) | STATUS.commandAborted;
const NOTHING = zeros(0);

/** One command: what is sent and how, and how the answer is protected. */
export type Command = {
  instruction: number;
  /** In clear in every mode. */
  header?: Uint8Array;
  data?: Uint8Array;
  send?: CommMode;
  answer?: CommMode;
  /** Bytes of data in the answer; needed to open an enciphered one. */
  answerLength?: number;
};

/**
 * A DESFire card, with the state that its secure messaging needs: the channel of the last authentication.
 * Every error ends the authentication on the card, so it ends it here as well.
 */
export class Desfire {
  readonly transport: CardTransport;
  readonly #randomBytes: (length: number) => Uint8Array;
  #channel: SecureChannel | null = null;
  #legacySession: LegacyReaderKey | null = null;
  #keyNumber: number | null = null;
  #exchanges = 0;
  /** Has the card answered anything to this borrower? */
  #isAnswered = false;

  constructor(transport: CardTransport, randomBytes: (length: number) => Uint8Array) {
    this.transport = transport;
    this.#randomBytes = randomBytes;
  }

  /** Commands sent over the air since this object was made. */
  get exchanges(): number {
    return this.#exchanges;
  }

  get authenticatedKey(): number | null {
    return this.#keyNumber;
  }

  get channel(): SecureChannel | null {
    return this.#channel;
  }

  /** Session key of a legacy authentication, for the one change of key that leaves it behind. */
  get legacySession(): LegacyReaderKey | null {
    return this.#legacySession;
  }

  forgetAuthentication(): void {
    this.#channel = null;
    this.#legacySession = null;
    this.#keyNumber = null;
  }

  /**
   * Sends one frame, counts it, and gives data and status word; no interpretation. A card under power may be in the midst of a
   * command whose borrower is gone: the first frame then only ends that (COMMAND_ABORTED), and is sent again.
   */
  async exchange(instruction: number, data: Uint8Array): CardResult<{ data: Uint8Array; sw: number }> {
    this.#exchanges++;
    const answer = await this.transport.transmit(wrap(instruction, data));
    if (!answer.ok) return answer;
    const response = unwrap(answer.value);
    if (!response) return err({ type: 'CardRemoved' });
    const isFirst = !this.#isAnswered;
    this.#isAnswered = true;
    return isFirst && response.sw === SW_ABORTED ? this.exchange(instruction, data) : ok(response);
  }

  /** Runs a command through the secure channel of the moment, whole in both directions. */
  async command(command: Command): CardResult<Uint8Array> {
    const raw = await this.run(command.instruction, this.#protect(command));
    if (!raw.ok) return raw;
    return this.#open(command, raw.value);
  }

  #protect({ instruction, header = NOTHING, data = NOTHING, send = 'plain' }: Command): Uint8Array {
    if (!this.#channel) return concat(header, data);
    const clear = concat(Uint8Array.of(instruction), header);
    if (send === 'enciphered') return concat(header, this.#channel.encipherCommand(clear, data));
    const mac = this.#channel.macCommand(concat(clear, data));
    return send === 'maced' ? concat(header, data, mac) : concat(header, data);
  }

  #open(command: Command, raw: Uint8Array): Result<Uint8Array, CardError> {
    if (!this.#channel) return ok(raw);
    const data =
      command.answer === 'enciphered'
        ? this.#channel.openEnciphered(raw, STATUS.ok, command.answerLength ?? 0)
        : this.#channel.openMaced(raw, STATUS.ok);
    if (data) return ok(data);
    this.forgetAuthentication();
    return err({ type: 'IntegrityError', by: 'reader', command: commandName(command.instruction) });
  }

  /** Sends a payload in as many frames as it needs and gathers the answer's frames. Ends the authentication on any error. */
  async run(instruction: number, payload: Uint8Array): CardResult<Uint8Array> {
    const running = this.#chain(instruction, payload);
    this.#channel?.lookForward(STATUS.ok);
    const result = await running;
    if (!result.ok) this.forgetAuthentication();
    return result;
  }

  async #chain(instruction: number, payload: Uint8Array): CardResult<Uint8Array> {
    const toSend = frames(payload);
    const received: Uint8Array[] = [];
    for (let frame = 0; frame < toSend.length + MAX_ANSWER_FRAMES; frame++) {
      const response = await this.exchange(frame === 0 ? instruction : INS.additionalFrame, toSend[frame] ?? NOTHING);
      if (!response.ok) return response;
      const { data, sw } = response.value;
      received.push(data);
      if (sw === SW_MORE) continue;
      if (sw !== SW_DONE) return err(errorOfStatus(sw, instruction));
      if (frame + 1 < toSend.length) return err(nonsense(instruction, 'answered before the last frame'));
      return ok(concat(...received));
    }
    return err(nonsense(instruction, 'answer without end'));
  }

  /** Mutual authentication with an AES key: two exchanges. A wrong key, on either side, is AuthenticationFailed. */
  async authenticateAes(keyNumber: number, key: Uint8Array): CardResult<void> {
    const begin = () => new AesAuthentication(key, this.#randomBytes(AES_BLOCK));
    const opened = await this.#authenticate(INS.authenticateAes, keyNumber, AES_BLOCK, begin);
    if (!opened.ok) return opened;
    this.#channel = opened.value;
    return ok(undefined);
  }

  /** Legacy authentication with a 16-byte DES key of equal halves: a factory-fresh card's master key. */
  async authenticateLegacy(keyNumber: number, key: Uint8Array): CardResult<void> {
    const begin = () => new LegacyAuthentication(key, this.#randomBytes(DES_BLOCK));
    const opened = await this.#authenticate(INS.authenticateLegacy, keyNumber, DES_BLOCK, begin);
    if (!opened.ok) return opened;
    this.#legacySession = opened.value;
    return ok(undefined);
  }

  async #authenticate<Session>(
    instruction: number,
    keyNumber: number,
    block: number,
    begin: () => Authentication<Session>,
  ): CardResult<Session> {
    this.forgetAuthentication();
    const challenging = this.#handshake(instruction, instruction, Uint8Array.of(keyNumber), SW_MORE, block);
    const authentication = begin();
    const challenge = await challenging;
    if (!challenge.ok) return challenge;
    const answered = authentication.answer(challenge.value);
    const proving = this.#handshake(instruction, INS.additionalFrame, answered.token, SW_DONE, block);
    const { isProof, session } = authentication.expect(answered);
    const answer = await proving;
    if (!answer.ok) return answer;
    if (!isProof(answer.value)) {
      return err({ type: 'AuthenticationFailed', by: 'reader', command: commandName(instruction) });
    }
    this.#keyNumber = keyNumber;
    return ok(session);
  }

  async #handshake(
    instruction: number,
    frame: number,
    data: Uint8Array,
    expected: number,
    length: number,
  ): CardResult<Uint8Array> {
    const response = await this.exchange(frame, data);
    if (!response.ok) return response;
    if (response.value.sw !== expected) return err(errorOfStatus(response.value.sw, instruction));
    if (response.value.data.length !== length) return err(nonsense(instruction, `${response.value.data.length} bytes`));
    return ok(response.value.data);
  }
}

/** An answer of a form that no DESFire card gives. */
export const nonsense = (instruction: number, why: string): CardError => ({
  type: 'UnexpectedAnswer',
  command: commandName(instruction),
  why,
});
