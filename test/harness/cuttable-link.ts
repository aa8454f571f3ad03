import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** The way from one till to its server, which a test may cut and mend: a relay of bytes on this machine. */
export class CuttableLink {
  readonly #target: { host: string; port: number };
  readonly #server = createServer((socket) => this.#carry(socket));
  readonly #open = new Set<Socket>();
  #isCut = false;
  #url = '';

  /** @param url of the server, `http://host:port` */
  static async to(url: string): Promise<CuttableLink> {
    const link = new CuttableLink(url);
    link.#server.listen(0, '127.0.0.1');
    await once(link.#server, 'listening');
    link.#url = `http://127.0.0.1:${(link.#server.address() as AddressInfo).port}`;
    return link;
  }

  private constructor(url: string) {
    const { hostname: host, port } = new URL(url);
    this.#target = { host, port: Number(port) };
  }

  /** What the till knows as its server's address. */
  get url(): string {
    return this.#url;
  }

  /** Breaks off what is under way; nothing comes through from now on. */
  cut(): void {
    this.#isCut = true;
    for (const socket of this.#open) socket.destroy();
  }

  mend(): void {
    this.#isCut = false;
  }

  close(): void {
    this.cut();
    this.#server.close();
  }

  #carry(near: Socket): void {
    if (this.#isCut) return void near.destroy();
    const far = connect(this.#target);
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#open.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        this.#open.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
  }
}
