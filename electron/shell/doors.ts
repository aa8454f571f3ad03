import type { WebFrameMain } from 'electron';
import { doorMessage } from '#service/index.ts';
import type { ShellElectron } from './electron.ts';
import { isTrustedSender } from './policy/addresses.ts';
import type { ServiceProcess } from './service-process.ts';

type Frame = Pick<WebFrameMain, 'url' | 'parent' | 'postMessage' | 'isDestroyed'>;

/**
 * Gives each page of the app that asks a message port to the service, now or as soon as the service is ready, and a
 * new one whenever the service has come back. Who asks is checked at the asking and again at the giving, for a frame
 * may have gone elsewhere in between.
 */
export class Doors {
  readonly #electron: Pick<ShellElectron, 'ipcMain' | 'MessageChannelMain'>;
  readonly #service: Pick<ServiceProcess, 'isReady' | 'openDoor'>;
  readonly #frames = new Set<Frame>();

  constructor(
    electron: Pick<ShellElectron, 'ipcMain' | 'MessageChannelMain'>,
    service: Pick<ServiceProcess, 'isReady' | 'openDoor'>,
  ) {
    this.#electron = electron;
    this.#service = service;
  }

  listen(): void {
    this.#electron.ipcMain.on(doorMessage, (event) => {
      const frame = event.senderFrame;
      if (frame === null || !isTrustedSender(frame)) return;
      for (const known of this.#frames) if (known.isDestroyed()) this.#frames.delete(known);
      this.#frames.add(frame);
      if (this.#service.isReady) this.#give(frame);
    });
  }

  /** The service serves doors: every page that has asked gets its own. */
  giveToAll(): void {
    for (const frame of this.#frames) this.#give(frame);
  }

  #give(frame: Frame): void {
    if (frame.isDestroyed() || !isTrustedSender(frame)) {
      this.#frames.delete(frame);
      return;
    }
    const { port1, port2 } = new this.#electron.MessageChannelMain();
    this.#service.openDoor(port1);
    frame.postMessage(doorMessage, null, [port2]);
  }
}
