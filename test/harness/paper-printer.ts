import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { ticketHtml } from '#native/simulators/printer/picture.ts';
import { createPrinterSimulator, type PrinterSimulator } from '#native/simulators/printer/simulator.ts';

/** A receipt printer on a TCP port of this machine, as network printers are; its paper can be looked at. */
export class PaperPrinter {
  readonly #server: Server;
  #simulator: PrinterSimulator | null = null;

  private constructor() {
    this.#server = createServer((socket) => {
      const simulator = createPrinterSimulator((bytes) => void socket.write(bytes));
      this.#simulator = simulator;
      socket.on('data', (bytes) => simulator.receive(bytes));
      socket.on('error', () => {});
    });
  }

  static async start(): Promise<PaperPrinter> {
    const printer = new PaperPrinter();
    await once(printer.#server.listen(0, '127.0.0.1'), 'listening');
    return printer;
  }

  /** For `device set printer`. */
  get address(): string {
    return `tcp:127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The last piece that was cut off, as a page of one picture; null before the first. */
  lastTicketHtml(columns: number): string | null {
    const last = this.#simulator?.printed().at(-1);
    return last ? ticketHtml(last, columns) : null;
  }

  tickets(): string[] {
    return this.#simulator?.tickets() ?? [];
  }

  stop(): void {
    this.#server.close();
  }
}
