import type { MessagePortMain } from 'electron';
import type { TillError } from '#contract/till/errors.ts';
import { doorMessage, ServiceMessage, type ShellMessage } from '#service/index.ts';
import type { ServiceChild, ShellElectron } from './electron.ts';
import { answerCipher, hasKeyStore } from './key-store.ts';
import { shouldRestart } from './policy/restart.ts';

export interface ServiceProcessOptions {
  /** The service's bundle, absolute. */
  file: string;
  args: readonly string[];
  platform: NodeJS.Platform;
  monotonicMs: () => number;
  /** Calls back after the delay. */
  schedule: (delayMs: number, run: () => void) => void;
  /** The service serves doors now: for the first time, or again after a restart. */
  onReady: (externalOrigins: readonly string[]) => void;
  /** It cannot run until a person acts. */
  onRefused: (error: TillError) => void;
}

const stopPatienceMs = 10_000;

/** The resident service as a utility process: started, started again when it ends, and stopped tidily. */
export class ServiceProcess {
  readonly #electron: Pick<ShellElectron, 'utilityProcess' | 'safeStorage'>;
  readonly #options: ServiceProcessOptions;
  #child: ServiceChild | undefined;
  #ready = false;
  #refused = false;
  #failures = 0;
  #stopping: PromiseWithResolvers<void> | undefined;

  constructor(electron: Pick<ShellElectron, 'utilityProcess' | 'safeStorage'>, options: ServiceProcessOptions) {
    this.#electron = electron;
    this.#options = options;
  }

  get isReady(): boolean {
    return this.#ready;
  }

  /** @throws never; a start that fails is seen as an end */
  start(): void {
    const startedMs = this.#options.monotonicMs();
    const child = this.#electron.utilityProcess.fork(this.#options.file, [...this.#options.args], {
      serviceName: 'comptoir-service',
      stdio: 'inherit',
    });
    this.#child = child;
    child.on('message', (message: unknown) => this.#take(child, message));
    child.on('exit', () => this.#ended(this.#options.monotonicMs() - startedMs));
    void hasKeyStore(this.#electron.safeStorage, this.#options.platform).then((cipher) =>
      say(child, { type: 'start', cipher }),
    );
  }

  /** Hands a window's way in to the service. Only once it is ready. */
  openDoor(port: MessagePortMain): void {
    this.#child?.postMessage(doorMessage, [port]);
  }

  /** Resolves when the process has ended, by itself or, after ten seconds, by force. */
  stop(): Promise<void> {
    if (this.#stopping !== undefined) return this.#stopping.promise;
    this.#stopping = Promise.withResolvers<void>();
    const child = this.#child;
    if (child === undefined) this.#stopping.resolve();
    // A service that refused to start has nothing under way, and may not hear a request to stop.
    else if (this.#refused) child.kill();
    else {
      say(child, { type: 'stop' });
      this.#options.schedule(stopPatienceMs, () => child.kill());
    }
    return this.#stopping.promise;
  }

  #take(child: ServiceChild, data: unknown): void {
    const parsed = ServiceMessage.safeParse(data);
    if (!parsed.success) return;
    const message = parsed.data;
    switch (message.type) {
      case 'ready':
        this.#ready = true;
        this.#options.onReady(message.externalOrigins);
        break;
      case 'failed':
        this.#refused = true;
        this.#options.onRefused(message.error);
        break;
      case 'encrypt':
      case 'decrypt':
        void answerCipher(this.#electron.safeStorage, message).then((answer) => say(child, answer));
    }
  }

  #ended(ranForMs: number): void {
    this.#child = undefined;
    this.#ready = false;
    this.#stopping?.resolve();
    const quitting = this.#stopping !== undefined;
    const decision = shouldRestart({ ranForMs, failuresBefore: this.#failures, refused: this.#refused, quitting });
    if (!decision.restart) return;
    this.#failures = decision.failures;
    this.#options.schedule(decision.delayMs, () => {
      if (this.#stopping === undefined) this.start();
    });
  }
}

function say(child: ServiceChild, message: ShellMessage): void {
  child.postMessage(message);
}
