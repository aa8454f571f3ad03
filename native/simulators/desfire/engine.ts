import { concat, zeros } from '#native/cards/bytes.ts';
import { type CommMode, INS, STATUS } from '#native/cards/instructions.ts';
import { beginAuthentication, type Handshake } from './authentication.ts';
import type { Application, CardMemory, FileState } from './memory.ts';
import { Refusal, refuseUnless } from './refusal.ts';
import type { Session } from './session.ts';

export type NativeAnswer = { data: Uint8Array; status: number };

/** How a command arrives: bytes in clear, bytes of data after them, and their protection. */
export type Shape = { header: number; data: number; mode: CommMode | 'raw' };

export type Answer = {
  data?: Uint8Array;
  mode?: CommMode;
  /** False where the reader did not say how much it wants: the padding then marks the end. */
  lengthKnown?: boolean;
  /** Lengths of the first frames, where they are fixed. */
  frames?: readonly number[];
  /** The session does not outlive the command, and the answer bears no MAC. */
  endsSession?: boolean;
};

export type CommandSpec = {
  /** Reads the first frame, refuses what may not be done, and says how long the whole is. */
  shape: (card: Engine, firstFrame: Uint8Array) => Shape;
  run: (card: Engine, header: Uint8Array, data: Uint8Array) => Answer;
};

/** The instructions a card knows, by code; authentication is the engine's own. */
export type Commands = ReadonlyMap<number, CommandSpec>;

type Pending =
  | { kind: 'authentication'; handshake: Handshake }
  | { kind: 'input'; instruction: number; gathered: Uint8Array; shape: Shape; total: number }
  | { kind: 'output'; rest: Uint8Array; frames: readonly number[] };

/** Bytes of data in one native command frame, of 60 with its instruction. */
const MAX_COMMAND_DATA = 59;
/** Bytes of data in one answer frame: a native frame of 60 less its status. */
const MAX_ANSWER_DATA = 59;

/** The card's processor while it has power: the selected application, the session, and a command under way. */
export class Engine {
  readonly memory: CardMemory;
  readonly randomBytes: (length: number) => Uint8Array;
  selected: Application;
  session: Session | null = null;
  readonly #commands: Commands;
  #pending: Pending | null = null;

  constructor(memory: CardMemory, randomBytes: (length: number) => Uint8Array, commands: Commands) {
    this.memory = memory;
    this.randomBytes = randomBytes;
    this.#commands = commands;
    this.selected = memory.picc;
  }

  /** Runs one native frame. Any status but success and "more" ends the authentication. */
  process(instruction: number, data: Uint8Array): NativeAnswer {
    try {
      refuseUnless(data.length <= MAX_COMMAND_DATA, STATUS.lengthError);
      if (instruction === INS.additionalFrame) return this.#continue(data);
      const interrupted = this.#pending !== null;
      this.#pending = null;
      refuseUnless(!interrupted, STATUS.commandAborted);
      return this.#begin(instruction, data);
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      return this.refuse(refusal.status);
    }
  }

  /** Answers with an error, which ends whatever was under way. */
  refuse(status: number): NativeAnswer {
    this.#pending = null;
    this.endSession();
    return { data: zeros(0), status };
  }

  /** Authentication gone, and with it what was not committed. */
  endSession(): void {
    this.session = null;
    this.dropTransaction();
  }

  dropTransaction(): void {
    for (const file of this.selected.files.values()) file.pending = null;
  }

  select(application: Application): void {
    this.#pending = null;
    this.endSession();
    this.selected = application;
  }

  get atCardLevel(): boolean {
    return this.selected === this.memory.picc;
  }

  file(number: number): FileState {
    refuseUnless(!this.atCardLevel, STATUS.permissionDenied);
    const file = this.selected.files.get(number);
    if (!file) throw new Refusal(STATUS.fileNotFound);
    return file;
  }

  /** Is the reader authenticated with this key of the selected application? */
  holds(keyNumber: number): boolean {
    return this.session?.keyNumber === keyNumber;
  }

  /** Takes memory; it comes back only when the card is formatted. */
  take(bytes: number): void {
    refuseUnless(this.memory.used + bytes <= this.memory.capacity, STATUS.outOfMemory);
    this.memory.used += bytes;
  }

  #begin(instruction: number, data: Uint8Array): NativeAnswer {
    if (instruction === INS.authenticateAes || instruction === INS.authenticateLegacy) {
      return this.#beginAuthentication(instruction, data);
    }
    const command = this.#commands.get(instruction);
    if (!command) throw new Refusal(STATUS.illegalCommand);
    const shape = command.shape(this, data);
    const wire = shape.mode === 'raw' ? shape.data : (this.session?.wireLength(shape.data, shape.mode) ?? shape.data);
    return this.#gather(instruction, shape, data, shape.header + wire);
  }

  #gather(instruction: number, shape: Shape, gathered: Uint8Array, total: number): NativeAnswer {
    refuseUnless(gathered.length <= total, STATUS.lengthError);
    if (gathered.length < total) {
      this.#pending = { kind: 'input', instruction, gathered, shape, total };
      return { data: zeros(0), status: STATUS.additionalFrame };
    }
    return this.#execute(instruction, shape, gathered);
  }

  #execute(instruction: number, shape: Shape, payload: Uint8Array): NativeAnswer {
    const header = payload.slice(0, shape.header);
    const wire = payload.slice(shape.header);
    const clear = concat(Uint8Array.of(instruction), header);
    const data =
      this.session && shape.mode !== 'raw' ? this.session.receive(clear, wire, shape.data, shape.mode) : wire;
    const answer = this.#commands.get(instruction)!.run(this, header, data);
    if (answer.endsSession) {
      this.endSession();
      return { data: answer.data ?? zeros(0), status: STATUS.ok };
    }
    const plain = answer.data ?? zeros(0);
    const whole = this.session?.send(plain, answer.mode ?? 'plain', answer.lengthKnown ?? true) ?? plain;
    return this.#emit(whole, answer.frames ?? []);
  }

  #emit(rest: Uint8Array, frames: readonly number[]): NativeAnswer {
    const [length = MAX_ANSWER_DATA, ...later] = frames;
    if (rest.length <= length) return { data: rest, status: STATUS.ok };
    this.#pending = { kind: 'output', rest: rest.slice(length), frames: later };
    return { data: rest.slice(0, length), status: STATUS.additionalFrame };
  }

  #continue(data: Uint8Array): NativeAnswer {
    const pending = this.#pending;
    this.#pending = null;
    if (!pending) throw new Refusal(STATUS.illegalCommand);
    switch (pending.kind) {
      case 'input': {
        refuseUnless(data.length > 0, STATUS.lengthError);
        return this.#gather(pending.instruction, pending.shape, concat(pending.gathered, data), pending.total);
      }
      case 'output': {
        refuseUnless(data.length === 0, STATUS.lengthError);
        return this.#emit(pending.rest, pending.frames);
      }
      case 'authentication': {
        const { proof, session } = pending.handshake.finish(data);
        this.session = session;
        return { data: proof, status: STATUS.ok };
      }
    }
  }

  #beginAuthentication(instruction: number, data: Uint8Array): NativeAnswer {
    this.endSession();
    refuseUnless(data.length === 1, STATUS.lengthError);
    const keyNumber = data[0]!;
    const key = this.selected.keys[keyNumber];
    if (!key) throw new Refusal(STATUS.noSuchKey);
    const handshake = beginAuthentication(instruction, keyNumber, key, this.randomBytes);
    this.#pending = { kind: 'authentication', handshake };
    return { data: handshake.challenge, status: STATUS.additionalFrame };
  }
}
