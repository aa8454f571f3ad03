import { randomBytes } from 'node:crypto';
import { chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { bundles } from '#build/bundle/bundles.ts';
import { root } from '#build/files.ts';
import { uuidV7 } from '#contract/ids/index.ts';
import { openDoor } from '#electron/cli/door-client.ts';
import { type Child, startChild } from '#electron/cli/launch/child.ts';
import { demoSetupsOf } from '#electron/cli/launch/demo-setup.ts';

/** The bundled service on real devices, signed in, beside the real server at which it is enrolled: both as programs of their own. */
export async function startTill(folder: string) {
  const said = (line: string) => process.stderr.write(`${line}\n`);
  // The database's account must reach its folder when root runs this.
  chmodSync(folder, 0o711);
  const central = startChild(
    path.join(root, 'backend/main.ts'),
    ['--data', path.join(folder, 'central'), '--seed', 'demo'],
    said,
  );
  const setup = demoSetupsOf(await central.ready).first;
  const setupFile = path.join(folder, 'setup.json');
  writeFileSync(setupFile, JSON.stringify(setup), { mode: 0o600 });
  const data = path.join(folder, 'till');
  const program = path.join(root, 'dist', bundles.service.output);
  const service: Child = startChild(program, ['--data', data, '--demo-setup', setupFile], said);
  await service.ready;
  const door = await openDoor(data);
  const cashier = setup.staff.find(({ role }) => role === 'cashier');
  if (door === null || cashier === undefined) throw new Error('the till cannot be used');
  // The staff comes with the first pull of the feed.
  await door.till.sync.now({ waitMs: 10_000 });
  await door.till.staff.signIn({ intention: newId(), code: cashier.code, pin: cashier.pin });
  await door.till.device.use({ devices: 'real' });
  return { central, service, setup, till: door.till };
}

/** pcscd looks for a card that has come or gone a few times a second. */
export const untilSeen = () => new Promise((resolve) => setTimeout(resolve, 1_000));

export const random = (length: number): Uint8Array => new Uint8Array(randomBytes(length));

export const newId = (): string => uuidV7(Date.now(), random(10));
