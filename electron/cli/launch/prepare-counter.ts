import { setTimeout } from 'node:timers/promises';
import { openDoor, type TillClient } from '../door-client.ts';
import type { AloneCall } from '../verb.ts';

const programmeWithinMs = 20_000;

/**
 * Before a demonstration says that it is ready: the till has its shop's programme, so that the first sale finds it, and the
 * devices are those of `--devices simulated|real`; without it the counter keeps what it had, simulated the first time.
 */
export async function prepareCounter({ dataDir, options }: AloneCall): Promise<void> {
  const door = await openDoor(dataDir);
  if (!door) return;
  // Started again without its server, a till sells all the same: what it lacks, its first sale says.
  await Promise.race([untilItHasItsProgramme(door.till), setTimeout(programmeWithinMs, undefined, { ref: false })]);
  if (options.devices === 'simulated' || options.devices === 'real')
    await door.till.device.use({ devices: options.devices });
  door.close();
}

async function untilItHasItsProgramme(till: TillClient): Promise<void> {
  for await (const { programme } of await till.till.watch()) if (programme) return;
}
