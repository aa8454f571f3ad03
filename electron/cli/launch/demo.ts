import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { DemoSetup } from '#contract/till/demo-setup.ts';
import { tillError } from '#contract/till/errors.ts';
import { readDoorFile } from '#service/doors/door-file.ts';
import { type Outcome, refused } from '../outcome.ts';
import type { AloneCall } from '../verb.ts';
import { interrupted } from './alone.ts';
import { announce } from './announce.ts';
import { startChild } from './child.ts';
import { prepareDataFolder } from './data-folder.ts';
import { demoSetupsOf } from './demo-setup.ts';
import { openElectron } from './electron-window.ts';
import { type KeptRunning, keepRunning } from './keep-running.ts';
import { openWindow } from './open-window.ts';
import { programs, screensAreBuilt, screensDir } from './places.ts';
import { prepareCounter } from './prepare-counter.ts';
import { startRefusal } from './start-refusal.ts';
import { toldToPerson } from './told.ts';

const stopWithinMs = 15_000;

const steps = {
  fr: {
    central: '1/3 base de données et serveur',
    screens: '2/3 écrans',
    service: '3/3 service de la caisse',
    electron: 'La caisse s’ouvre dans sa fenêtre (Electron).',
    stop: 'Arrêt, tout est rangé…',
    serviceEnded: 'Le service de la caisse s’est arrêté de lui-même. Ce qui était enregistré l’est toujours.',
    centralDown: (seconds: number) =>
      `Le serveur central s’est arrêté. La caisse continue à vendre ; nouvel essai dans ${seconds} s.`,
    centralUp: 'Le serveur central est reparti.',
  },
  en: {
    central: '1/3 database and server',
    screens: '2/3 screens',
    service: "3/3 till's service",
    electron: 'The till opens in its own window (Electron).',
    stop: 'Stopping, putting everything away…',
    serviceEnded: "The till's service has ended by itself. What was recorded still is.",
    centralDown: (seconds: number) =>
      `The central server has ended. The till goes on selling; it is started again in ${seconds} s.`,
    centralUp: 'The central server is up again.',
  },
} as const;

/** `comptoir demo`: a whole network on this machine, until it is interrupted. A second run goes on where the first stopped. */
export async function runDemo(call: AloneCall): Promise<Outcome> {
  const unusable = prepareDataFolder(call.dataDir);
  if (unusable) return refused(unusable);
  const parts: Part[] = [];
  try {
    const show = call.options['second-till'] ? showSecondTill : showNetwork;
    const outcome = await show(call, interrupted(), parts);
    await stopAll(parts);
    return outcome;
  } catch (defect) {
    await stopAll(parts);
    throw defect;
  }
}

/** Server, screens, first till. Adds to `parts` whatever it starts. */
async function showNetwork(call: AloneCall, stopped: Promise<void>, parts: Part[]): Promise<Outcome> {
  const say = steps[call.language];
  call.progress(say.central);
  const central = startCentral(call);
  parts.unshift(central);
  const ready = await Promise.race([central.ready, stopped]);
  if (!ready) return interruptedStart;
  if (!ready.ready) return startRefusal(ready, call.dataDir);
  call.progress(say.screens);
  if (!buildScreens()) return (await isSettled(stopped)) ? interruptedStart : refused(screensNotBuilt);
  const { first, second } = demoSetupsOf(ready);
  keepSetup(call.dataDir, 'second-till', second);
  keepSetup(call.dataDir, 'setup', first);
  return showTill(call, setupFile(call.dataDir, 'setup'), stopped, parts);
}

/** `--second-till`: a till of the other shop, beside a demonstration that runs, in a data folder of its own. */
async function showSecondTill(call: AloneCall, stopped: Promise<void>, parts: Part[]): Promise<Outcome> {
  const file = setupFile(call.dataDir, 'second-till');
  if (!readDoorFile(call.dataDir) || !existsSync(file)) return { status: 4 };
  const dataDir = join(call.dataDir, 'second-till');
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  return showTill({ ...call, dataDir }, file, stopped, parts);
}

/** The resident service and its window, until it is interrupted. */
async function showTill(call: AloneCall, file: string, stopped: Promise<void>, parts: Part[]): Promise<Outcome> {
  const say = steps[call.language];
  call.progress(say.service);
  const setup = DemoSetup.parse(JSON.parse(readFileSync(file, 'utf8')));
  const window = opensWindow(call);
  const service =
    window && call.electron
      ? openElectron(call.electron, serviceArgs(call, file), indented(call))
      : startChild(programs.service, serviceArgs(call, file), indented(call));
  // The service ends before the server: it puts its last entries away while the server can still take them.
  parts.unshift(service);
  const ready = await Promise.race([service.ready, stopped]);
  if (!ready) return interruptedStart;
  if (!ready.ready) return startRefusal(ready, call.dataDir);
  const till = String(ready.tillUrl);
  await prepareCounter(call);
  announce(call, setup, till);
  if (window && call.electron) call.progress(say.electron);
  else if (window) openWindow(call, till);
  const ending = await Promise.race([stopped.then(() => 'asked'), service.exited.then(() => 'alone')]);
  call.progress(say.stop);
  if (ending === 'alone') call.progress(say.serviceEnded);
  return { status: 'ended', exitStatus: ending === 'asked' ? 0 : 1 };
}

const opensWindow = (call: AloneCall): boolean => !call.options['no-open'] && call.options.open !== false;

type Part = { stop(withinMs: number): Promise<void> };
const screensNotBuilt = tillError('ProgramDidNotStart', { what: 'build/renderer/build.ts' });
/** As a shell says it: 128 and the number of SIGINT. */
const interruptedStart: Outcome = { status: 'ended', exitStatus: 130 };

/** The till goes on without its server, so a server that ends by itself is started again, at the address the till knows. */
function startCentral(call: AloneCall): KeptRunning {
  const say = steps[call.language];
  const folder = join(call.dataDir, 'central');
  let port = '0';
  const central = keepRunning({
    start: () => startChild(programs.central, ['--data', folder, '--seed', 'demo', '--port', port], indented(call)),
    sleep: (delayMs, signal) => setTimeout(delayMs, undefined, { signal }).catch(() => {}),
    onDown: (nextTryMs) => call.progress(say.centralDown(nextTryMs / 1000)),
    onUp: () => call.progress(say.centralUp),
  });
  void central.ready.then(({ url }) => {
    if (typeof url === 'string') port = new URL(url).port;
  });
  return central;
}

const indented = (call: AloneCall) => (line: string) => {
  const told = toldToPerson(line);
  if (told !== null) call.progress(`    ${told}`);
};

const setupFile = (dataDir: string, name: string): string => join(dataDir, 'demo', `${name}.json`);

/** Handed to the service as a file that its owner alone may read: it holds the demonstration's card keys. */
function keepSetup(dataDir: string, name: string, setup: DemoSetup): void {
  mkdirSync(join(dataDir, 'demo'), { recursive: true, mode: 0o700 });
  writeFileSync(setupFile(dataDir, name), JSON.stringify(setup), { mode: 0o600 });
}

function serviceArgs(call: AloneCall, setup: string): string[] {
  const port = typeof call.options.port === 'string' ? ['--port', call.options.port] : [];
  return ['--data', call.dataDir, '--screens', screensDir, '--demo-setup', setup, ...port];
}

/** In the repository the screens are built where they are missing or stale; an installed till has them. */
function buildScreens(): boolean {
  if (!existsSync(programs.buildScreens)) return true;
  const built = spawnSync(process.execPath, [programs.buildScreens], { stdio: ['ignore', 'ignore', 'inherit'] });
  return built.status === 0 && screensAreBuilt();
}

/** A signal that came while nothing else could run is heard at the next turn. */
const isSettled = (promise: Promise<void>): Promise<boolean> =>
  Promise.race([promise.then(() => true), setTimeout(10).then(() => false)]);

async function stopAll(parts: Part[]): Promise<void> {
  for (const part of parts) await part.stop(stopWithinMs);
}
