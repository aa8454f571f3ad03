import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { type IdSource, uuidV7 } from '#contract/ids/index.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import { verifyUrlOf } from '#contract/tickets/verify-url.ts';
import type { Clock } from '#contract/time/index.ts';
import { accountsDesk } from './accounts/desk.ts';
import { centralApp } from './app.ts';
import { cardDesk } from './cards/card-desk.ts';
import { stockDesk } from './cards/stock/stock-desk.ts';
import { type Connection, connectionOf } from './db/connection.ts';
import { keptSecret } from './db/embedded/secret.ts';
import { type EmbeddedDatabase, type EmbeddedError, startEmbedded } from './db/embedded.ts';
import { openPool } from './db/pool.ts';
import { type PrepareError, prepareDatabase } from './db/prepare.ts';
import { appPassword, appRole } from './db/roles.ts';
import type { Tables } from './db/tables.ts';
import { type DemoSeed, seedDemo } from './demo/seed.ts';
import { type ListenError, listen } from './http/listen.ts';
import { openBus } from './live/bus.ts';
import { cardholderDesk } from './loyalty/cardholder/desk.ts';
import { officeCards } from './loyalty/cards/office-desk.ts';
import { tillCards } from './loyalty/cards/till-cards.ts';
import { customerFiles } from './loyalty/customers/file-requests.ts';
import { programmeDesk } from './loyalty/programmes/desk.ts';
import { smtpTransport } from './mail/transport.ts';
import { startMailWorker } from './mail/worker.ts';
import { officeDesk } from './parties/office-desk.ts';
import { shopDesk } from './parties/shop-desk.ts';
import { sealWith } from './pki/sealing.ts';
import { daysDesk } from './reports/days/office-days.ts';
import { fileDesk } from './reports/file-desk.ts';
import { terminalDesk } from './terminals/terminal-desk.ts';

export type CentralOptions = {
  /** The installation's data folder. */
  folder: string;
  /** The owner's URL of a PostgreSQL of one's own; without it, the embedded one. */
  database?: string;
  host: string;
  /** 0 or nothing: the one of the last run if it is free, else any. */
  port: number;
  seed: 'demo' | null;
  /** The mail server for tickets, by its URL; without it tills print them. */
  smtp?: string;
  /** Where customers reach this server, for links in what it sends; without it there are none, but in a demonstration. */
  publicUrl?: string;
  logTo: NodeJS.WritableStream;
  /** Each step as it begins: `database`, `server`. */
  progress: (step: string) => void;
  clock?: Clock;
};

export type Central = {
  url: string;
  app: FastifyInstance;
  /** How the owner of the tables connects. */
  owner: Connection;
  database: EmbeddedDatabase | null;
  seed: DemoSeed | null;
  stop(): Promise<void>;
};

export type CentralStartError = EmbeddedError | PrepareError | ListenError;

/** Above `backend`, or above `dist/central` when bundled. */
const projectFolder = ['..', '../..']
  .map((up) => resolve(import.meta.dirname, up))
  .find((folder) => existsSync(join(folder, 'package.json')))!;
const screensFolder = join(projectFolder, 'dist', 'renderer');
/** For root, whose own folders the database's account cannot reach. */
const sharedFolder = '/var/lib/comptoir';
const sessionsOfPool = 20;

/**
 * Wires the central server and starts it: database, migrations, keys, demonstration data, web application.
 * The one place of the server that reads the clock, randomness, the network and the disk; everything below gets them from here.
 */
export async function composeCentral(options: CentralOptions): Promise<Result<Central, CentralStartError>> {
  const clock = options.clock ?? systemClock();
  const ids: IdSource = { uuid: () => uuidV7(clock.wallMs(), randomBytes(10)) };
  const { folder, progress } = options;
  const log = (event: string) =>
    options.logTo.write(`${JSON.stringify({ level: 'warn', at: new Date(clock.wallMs()).toISOString(), event })}\n`);
  const stops: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const step of stops.splice(0).reverse()) await step();
  };

  progress('database');
  const serverSecret = await keptSecret(join(folder, 'server.secret'), randomBytes);
  const seal = sealWith(serverSecret, randomBytes);
  const opened = await openDatabase(options, clock, log);
  if (!opened.ok) return opened;
  const { owner, embedded } = opened.value;
  if (embedded) stops.push(() => embedded.stop());
  try {
    const prepared = await prepareDatabase(owner, { seal, serverSecret });
    if (!prepared.ok) {
      await stop();
      return prepared;
    }
    const account = { user: appRole, password: appPassword(serverSecret) };
    const app = options.database ? connectionOf(options.database, account) : { ...owner, ...account };
    const db = openPool<Tables>(app, {
      max: sessionsOfPool,
      onError: (cause) => log(`a session was lost: ${cause.message}`),
    });
    stops.push(() => db.destroy());

    progress('server');
    const parts = { db, clock, ids, random: randomBytes, seal, serverKey: prepared.value, serverSecret };
    const files = fileDesk(parts);
    const seed = options.seed === 'demo' ? await seedDemo(parts) : null;
    const bus = await openBus(app, clock, log);
    stops.push(() => bus.stop());
    const transport = options.smtp ? smtpTransport(options.smtp) : null;
    const onError = (cause: unknown) => log(`a live page was cut off: ${String(cause)}`);
    const web = await centralApp(
      {
        terminals: terminalDesk(parts, transport !== null),
        cards: cardDesk(parts),
        stock: stockDesk(parts),
        ledger: tillCards(parts),
        officeCards: officeCards(parts),
        office: officeDesk({ ...parts, bus, onError }),
        programmes: programmeDesk(parts),
        shop: shopDesk(parts),
        files,
        customerFiles: customerFiles({ ...parts, files }),
        cardholders: cardholderDesk(parts),
        days: daysDesk(parts),
        accounts: accountsDesk(parts),
        clock,
        version: await version(),
      },
      {
        screensFolder,
        verify: { folder: join(screensFolder, 'verify'), serverKeys: [prepared.value.publicKey] },
        logTo: options.logTo,
        requestId: randomUUID,
      },
    );
    stops.push(() => web.close());
    const url = await listen(web, { folder, host: options.host, port: options.port });
    if (!url.ok) {
      await stop();
      return err(url.error);
    }
    if (transport) {
      const ownUrl = options.publicUrl ?? (seed ? url.value : null);
      const page = ownUrl && verifyUrlOf(ownUrl);
      const worker = startMailWorker({ db, clock, seal, page, transport, log });
      stops.push(() => worker.stop());
    }
    return ok({ url: url.value, app: web, owner, database: embedded, seed, stop });
  } catch (cause) {
    await stop();
    throw cause;
  }
}

async function openDatabase(
  { folder, database }: CentralOptions,
  clock: Clock,
  log: (line: string) => void,
): Promise<Result<{ owner: Connection; embedded: EmbeddedDatabase | null }, EmbeddedError>> {
  if (database) return ok({ owner: connectionOf(database), embedded: null });
  const place = { folder: resolve(folder), sharedFolder };
  const started = await startEmbedded({ ...place, clock, random: randomBytes, ownUid: process.getuid?.(), log });
  return started.ok ? ok({ owner: started.value.owner, embedded: started.value }) : started;
}

async function version(): Promise<string> {
  const text = await readFile(join(projectFolder, 'package.json'), 'utf8');
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
}

/** The machine's own clocks. */
export const systemClock = (): Clock => ({
  bootId: randomUUID(),
  wallMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  after(delayMs, task) {
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  },
});
