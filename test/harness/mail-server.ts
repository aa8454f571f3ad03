import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export type Received = { to: string[]; message: string };

/** A mail server of its own in the test's process: what a network's mail server is to ours. */
export class MailServer {
  readonly received: Received[] = [];
  /** Called when a message has arrived whole, before the answer. An error is the answer: `responseCode` says which. */
  onMessage: (received: Received) => Promise<void> | void = () => {};
  readonly #server: SMTPServer;

  private constructor() {
    this.#server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS', 'AUTH'],
      logger: false,
      onData: (stream, session, answer) => {
        const parts: Buffer[] = [];
        stream.on('data', (part: Buffer) => parts.push(part));
        stream.on('end', () => {
          const to = session.envelope.rcptTo.map(({ address }) => address);
          const received = { to, message: Buffer.concat(parts).toString('utf8') };
          this.received.push(received);
          Promise.resolve(this.onMessage(received)).then(
            () => answer(),
            (refusal: Error) => answer(refusal),
          );
        });
      },
    });
    // A client that is killed in the middle of a message is what tests are about.
    this.#server.on('error', () => {});
  }

  static async start(): Promise<MailServer> {
    const server = new MailServer();
    const listening = server.#server.listen(0, '127.0.0.1');
    await once(listening, 'listening');
    return server;
  }

  get url(): string {
    const { port } = this.#server.server.address() as AddressInfo;
    return `smtp://127.0.0.1:${port}?from=tickets@shop.example`;
  }

  stop(): Promise<void> {
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }
}

/** A header's text, unfolded. */
export const headerOf = ({ message }: Received, name: string): string | undefined =>
  new RegExp(`^${name}: (.*)$`, 'im').exec(message.split('\r\n\r\n')[0]!.replaceAll(/\r\n[ \t]+/g, ' '))?.[1];
