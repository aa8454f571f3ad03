import { createHash, randomBytes as systemRandom } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hash } from '@node-rs/argon2';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { WebSocket } from 'ws';
import { uuidV7 } from '#contract/ids/index.ts';
import type { Result } from '#contract/result/index.ts';
import type { DemoSetup } from '#contract/till/demo-setup.ts';
import type { DoorContract } from '#contract/till/door.ts';
import type { TillContract } from '#contract/till/index.ts';
import { composeService, storePath } from '#service/compose.ts';
import { doorRouter } from '#service/doors/door-router.ts';
import { type LoopbackDoor, openLoopbackDoor } from '#service/doors/loopback.ts';

import { fileKeyStore, keysFolderOf, openKeys } from '#service/keys/index.ts';
import { openFileLog } from '#service/log.ts';
import type { Service } from '#service/service.ts';
import { openStore } from '#service/store/index.ts';
import { enrolmentShelfOn, syncStoreOn } from '#service/sync-store.ts';
import { systemClock } from '#service/system-clock.ts';
import type { ComposeError } from '#service/world.ts';
import { networkId, networkKeys, shopAtCounter, shopKeys, testEnrolment } from './counter-cards.ts';

const randomBytes = (length: number): Uint8Array => new Uint8Array(systemRandom(length));
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

/** PINs of the staff: no digits that could turn up by chance. */
export const pins = { awa: '749301628854', marc: '558203914471', vera: '310447729605' } as const;
/** What the manager's badge says when it is scanned. */
export const managersBadge = 'COMPTOIR-BADGE-7H2K-9Q';
const staff = [
  { code: 'awa', name: 'Awa Koné', role: 'cashier', pin: pins.awa },
  { code: 'marc', name: 'Marc Ayivi', role: 'manager', pin: pins.marc },
  { code: 'vera', name: 'Vera Lawson', role: 'auditor', pin: pins.vera },
] as const;

export const demoSetup: DemoSetup = {
  centralUrl: 'http://127.0.0.1:9',
  officeUrl: 'http://127.0.0.1:9/office/',
  enrolmentCode: 'NONE',
  sampleEnrolmentCode: null,
  staff: [...staff],
  cards: {
    networkId,
    network: {
      piccMasterKey: hex(networkKeys.piccMasterKey),
      defaultMasterKey: hex(networkKeys.defaultMasterKey),
      networkMasterKey: hex(networkKeys.networkMasterKey),
    },
    shop: { number: 1, keys: [hex(shopKeys[0]), hex(shopKeys[1]), hex(shopKeys[2]), hex(shopKeys[3])] },
  },
};

export const newDataDir = (): string => mkdtempSync(join(tmpdir(), 'comptoir-service-'));

/** What a PIN's hash costs: next to nothing in a test, as much as the server asks where time is measured. */
export type HashCost = { memoryCost: number; timeCost: number; parallelism?: number };
const cheap: HashCost = { memoryCost: 8, timeCost: 1 };

/** Makes the data folder that of an enrolled till with its staff and its programme, as enrolment and the feed leave it. */
export async function installTill(dataDir: string, cost: HashCost = cheap): Promise<void> {
  const keys = await openKeys({ dataDir, keyStore: fileKeyStore(keysFolderOf(dataDir)), randomBytes });
  if (!keys.ok) throw new Error(keys.error.type);
  const store = openStore({ path: storePath(dataDir), pid: process.pid });
  if (!store.ok) throw new Error(store.error.type);
  const kept = {
    centralUrl: demoSetup.centralUrl,
    publicKey: keys.value.publicKeySpkiBase64,
    enrolment: testEnrolment,
  };
  enrolmentShelfOn(store.value).save(keys.value.seal(Buffer.from(JSON.stringify(kept)), 'enrolment'));
  const members = staff.map(async ({ pin, ...member }) => ({
    item: 'staff' as const,
    ...member,
    pinHash: await hash(pin, cost),
    badgeHash: member.role === 'manager' ? createHash('sha256').update(managersBadge).digest('hex') : null,
    active: true,
  }));
  const programme = { item: 'programme' as const, programme: shopAtCounter.programme };
  syncStoreOn(store.value, keys.value).applyFeed([programme, ...(await Promise.all(members))], 1);
  store.value.close();
}

/** The service as `main.ts` composes it on a demonstration, with no server to be reached. */
export function compose(dataDir: string): Promise<Result<Service, ComposeError>> {
  const clock = systemClock(uuidV7(Date.now(), randomBytes(10)));
  return composeService({
    dataDir,
    pid: process.pid,
    clock,
    randomBytes,
    fetch: () => Promise.reject(new TypeError('no network in this test')),
    timeZone: 'Africa/Lome',
    keyStore: null,
    log: openFileLog(join(dataDir, 'log', 'service.log'), clock),
    version: '0.0.0-test',
    demo: demoSetup,
  });
}

export type TillClient = ContractRouterClient<TillContract>;
export type DoorClient = ContractRouterClient<DoorContract>;

/** A composed service with its loopback door open. */
export class OpenTill {
  readonly dataDir = newDataDir();
  readonly logged: string[] = [];
  service!: Service;
  door!: LoopbackDoor;
  #sockets: WebSocket[] = [];

  static async open(screensDir: string | null = null, cost?: HashCost): Promise<OpenTill> {
    const till = new OpenTill();
    await installTill(till.dataDir, cost);
    const composed = await compose(till.dataDir);
    if (!composed.ok) throw new Error(composed.error.type);
    till.service = composed.value;
    await till.service.simulated?.trayFilled();
    till.door = await openLoopbackDoor({
      router: doorRouter(till.service),
      screensDir,
      port: 0,
      randomToken: () => Buffer.from(randomBytes(32)).toString('base64url'),
      log: (_level, event, facts) => till.logged.push(JSON.stringify({ event, ...facts })),
    });
    return till;
  }

  /** Opens a socket to the door, from which `origin` a browser would say; its end is awaited with `closeCodeOf`. */
  socket(headers: Record<string, string> = {}): WebSocket {
    const socket = new WebSocket(`${this.door.url.replace('http', 'ws')}/door`, { headers });
    socket.on('error', () => undefined);
    this.#sockets.push(socket);
    return socket;
  }

  /** Goes in with a bearer and speaks the contract, as the command does. */
  async client(bearer: string = this.door.commandToken): Promise<DoorClient> {
    const socket = this.socket();
    await new Promise((resolve) => socket.once('open', resolve));
    socket.send(JSON.stringify({ bearer }));
    await new Promise((resolve, reject) => {
      socket.once('message', resolve);
      socket.once('close', reject);
    });
    return createORPCClient<DoorClient>(new RPCLink({ websocket: socket as unknown as globalThis.WebSocket }));
  }

  /** Goes in as a page of the screens does: its launch token, exchanged for a bearer. */
  async page(): Promise<DoorClient> {
    const launch = new URL(this.door.tillUrl()).hash.replace('#launch=', '');
    const answer = await fetch(`${this.door.url}/door/launch`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: this.door.url },
      body: JSON.stringify({ launch }),
    });
    const { bearer } = (await answer.json()) as { bearer: string };
    return this.client(bearer);
  }

  /** The newest client is gone, as when its process was killed. */
  hangUp(): void {
    this.#sockets.pop()?.terminate();
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.terminate();
    await this.door.close();
    await this.service.close();
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}

export const newIntention = (): string => uuidV7(Date.now(), randomBytes(10));
