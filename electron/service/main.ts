import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { uptime } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { uuidV7 } from '#contract/ids/index.ts';
import { DemoSetup } from '#contract/till/demo-setup.ts';
import { type TillError, tillError } from '#contract/till/errors.ts';
import { composeService } from './compose.ts';
import { removeDoorFile, writeDoorFile } from './doors/door-file.ts';
import { doorRouter } from './doors/door-router.ts';
import { type LoopbackDoor, openLoopbackDoor } from './doors/loopback.ts';
import { openMessagePortDoor } from './doors/message-port.ts';

import { keysFolderOf, osKeyStore } from './keys/index.ts';
import { openFileLog } from './log.ts';
import type { Service } from './service.ts';
import { linkToShell, type ParentPort } from './shell-link/link.ts';
import { elapsedClock, systemClock } from './system-clock.ts';
import { version } from './version.ts';
import type { ComposeError } from './world.ts';

/*
 * The resident service's process: under plain Node, or in Electron's utility process.
 * Prints one JSON line when it is ready or refuses to start. Ends on SIGTERM, SIGINT, or when its parent is gone.
 */
const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    port: { type: 'string', default: '0' },
    screens: { type: 'string' },
    'demo-setup': { type: 'string' },
    'with-parent': { type: 'boolean', default: false },
  },
});
if (!values.data) throw new Error('--data DIR is missing');
const dataDir = values.data;
mkdirSync(dataDir, { recursive: true, mode: 0o700 });

const parentPort = (process as { parentPort?: ParentPort & Parameters<typeof openMessagePortDoor>[1] }).parentPort;
const shell = parentPort ? linkToShell(parentPort) : null;
const cipher = (await shell?.started)?.cipher ?? null;
const random = (length: number) => new Uint8Array(randomBytes(length));
const clock = systemClock(uuidV7(Date.now(), random(10)));
const log = openFileLog(join(dataDir, 'log', 'service.log'), clock);

const composed = await composeService({
  dataDir,
  pid: process.pid,
  clock,
  elapsedMs: elapsedClock({ platform: process.platform, uptimeSeconds: uptime, monotonicMs: clock.monotonicMs }),
  randomBytes: random,
  fetch,
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  keyStore: cipher ? osKeyStore(keysFolderOf(dataDir), cipher) : null,
  log,
  version,
  demo: values['demo-setup'] ? DemoSetup.parse(JSON.parse(readFileSync(values['demo-setup'], 'utf8'))) : null,
});
if (composed.ok) await serve(composed.value);
else refuse(composed.error);

async function serve(service: Service): Promise<void> {
  const router = doorRouter(service);
  const door = await openLoopbackDoor({
    router,
    screensDir: values.screens ?? null,
    port: Number(values.port),
    randomToken: () => Buffer.from(random(32)).toString('base64url'),
    log,
  });
  writeDoorFile(dataDir, {
    url: door.url,
    token: door.commandToken,
    pid: process.pid,
    startedAt: new Date(clock.wallMs()).toISOString(),
  });
  const stop = stopper(service, door);
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  if (values['with-parent']) process.stdin.on('end', stop).resume();
  if (parentPort && shell) {
    openMessagePortDoor(router, parentPort);
    shell.onStop(stop);
    const { centralUrl } = service.sync.engine.state();
    shell.ready(centralUrl ? [new URL(centralUrl).origin] : []);
  }
  log('info', 'service.ready', { pid: process.pid, demo: service.simulated !== null });
  process.stdout.write(
    `${JSON.stringify({ ready: true, url: door.url, tillUrl: door.tillUrl(), pid: process.pid })}\n`,
  );
}

function stopper(service: Service, door: LoopbackDoor): () => void {
  let stopping = false;
  return () => {
    if (stopping) return;
    stopping = true;
    removeDoorFile(dataDir);
    void door
      .close()
      .then(() => service.close())
      .then(() => process.exit(0));
  };
}

/** A start that a person must help with: said in one line, and nothing of what was found is touched. */
function refuse(error: ComposeError): void {
  const said = startRefusal(error);
  log('error', 'service.refused', { type: said.type });
  shell?.failed(said);
  process.stdout.write(`${JSON.stringify({ ready: false, error: said })}\n`);
  process.exitCode = 3;
  process.stdin.destroy();
}

function startRefusal(error: ComposeError): TillError {
  if (error.type === 'DataFolderInUse') return tillError(error.type, { folder: dataDir, pid: error.pid });
  if (error.type === 'KeysUnreadable') return tillError(error.type, { cause: error.cause });
  return tillError(error.type, { file: error.path });
}
