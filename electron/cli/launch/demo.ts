import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DemoSetup } from '#contract/till/demo-setup.ts';
import { openDoor } from '../door-client.ts';
import type { Outcome } from '../outcome.ts';
import type { AloneCall } from '../verb.ts';
import { interrupted, refusalOf } from './alone.ts';
import { type Child, startChild } from './child.ts';
import { demoSetupOf } from './demo-setup.ts';
import { openWindow } from './open-window.ts';
import { programs, screensAreBuilt, screensDir } from './places.ts';

const stopWithinMs = 15_000;

const steps = {
  fr: {
    central: '1/3 base de données et serveur',
    screens: '2/3 écrans',
    service: '3/3 service de la caisse',
    stop: 'Arrêt, tout est rangé…',
  },
  en: {
    central: '1/3 database and server',
    screens: '2/3 screens',
    service: "3/3 till's service",
    stop: 'Stopping, putting everything away…',
  },
} as const;

/** `comptoir demo`: a whole network on this machine, until it is interrupted. A second run goes on where the first stopped. */
export async function runDemo(call: AloneCall): Promise<Outcome> {
  const say = steps[call.language];
  mkdirSync(call.dataDir, { recursive: true, mode: 0o700 });
  const stopped = interrupted();
  call.progress(say.central);
  const central = startChild(
    programs.central,
    ['--data', join(call.dataDir, 'central'), '--seed', 'demo'],
    indented(call),
  );
  const centralReady = await Promise.race([central.ready, stopped]);
  if (!centralReady) return stopAll([central], 130);
  if (!centralReady.ready) return refusalOf(centralReady.error);
  call.progress(say.screens);
  buildScreens();
  call.progress(say.service);
  const setup = demoSetupOf(centralReady);
  const service = startChild(programs.service, serviceArgs(call, setup), indented(call));
  const serviceReady = await Promise.race([service.ready, stopped]);
  if (!serviceReady) return stopAll([service, central], 130);
  if (!serviceReady.ready) {
    await central.stop(stopWithinMs);
    return refusalOf(serviceReady.error);
  }
  const till = String(serviceReady.tillUrl);
  await changeDevices(call);
  announce(call, setup, till);
  if (!call.options['no-open'] && call.options.open !== false) openWindow(call, till);
  await Promise.race([stopped, service.exited, central.exited]);
  call.progress(say.stop);
  return stopAll([service, central], 0);
}

const indented = (call: AloneCall) => (line: string) => call.progress(`    ${line}`);

function serviceArgs(call: AloneCall, setup: DemoSetup): string[] {
  const folder = join(call.dataDir, 'demo');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, 'setup.json');
  writeFileSync(file, JSON.stringify(setup), { mode: 0o600 });
  const port = typeof call.options.port === 'string' ? ['--port', call.options.port] : [];
  return ['--data', call.dataDir, '--screens', screensDir, '--demo-setup', file, ...port];
}

/** In the repository the screens are built where they are missing or stale; an installed till has them. */
function buildScreens(): void {
  if (!existsSync(programs.buildScreens)) return;
  const built = spawnSync(process.execPath, [programs.buildScreens], { stdio: ['ignore', 'ignore', 'inherit'] });
  if (built.status !== 0 || !screensAreBuilt()) throw new Error('the screens could not be built');
}

/** `--devices simulated|real`; without it the counter keeps what it had, simulated the first time. */
async function changeDevices(call: AloneCall): Promise<void> {
  const devices = call.options.devices;
  if (devices !== 'simulated' && devices !== 'real') return;
  const door = await openDoor(call.dataDir);
  await door?.till.device.use({ devices });
  door?.close();
}

function announce(call: AloneCall, setup: DemoSetup, tillUrl: string): void {
  const value = {
    tillUrl,
    officeUrl: setup.officeUrl,
    portalUrl: null,
    centralUrl: setup.centralUrl,
    data: call.dataDir,
    staff: setup.staff.map(({ code, pin, role }) => ({ code, pin, role })),
    samples: { stamps: [], enrolmentCode: setup.sampleEnrolmentCode },
  };
  if (call.json) return void process.stdout.write(`${JSON.stringify({ ok: true, value })}\n`);
  const staff = setup.staff.map(({ code, name, pin }) => `  ${code.padEnd(16)} ${pin}  ${name}`);
  const lines = {
    fr: ['Caisse', 'Bureau', 'Données', 'Ctrl C pour arrêter.'],
    en: ['Till', 'Office', 'Data', 'Ctrl C to stop.'],
  }[call.language];
  process.stdout.write(
    [
      '',
      `${lines[0]}    ${tillUrl}`,
      `${lines[1]}  ${setup.officeUrl}`,
      `${lines[2]}    ${call.dataDir}`,
      '',
      ...staff,
      '',
      lines[3],
      '',
    ].join('\n'),
  );
}

/** The service first: it puts its last entries away while the server can still take them. */
async function stopAll(children: Child[], status: number): Promise<never> {
  for (const child of children) await child.stop(stopWithinMs);
  process.exit(status);
}
