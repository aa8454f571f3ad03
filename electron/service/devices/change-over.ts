import { ok, type Result } from '#contract/result/index.ts';
import type { TillError } from '#contract/till/errors.ts';
import type { Desk, DeviceSettings } from './desk.ts';

/** Changes the whole counter over to other devices; a place that nothing is wanted in becomes empty. */
export async function changeOver(desk: Desk, wanted: DeviceSettings): Promise<Result<void, TillError>> {
  for (const device of ['reader', 'printer', 'register'] as const) {
    const setting = wanted[device];
    if (setting) {
      const set = await desk.set(device, setting);
      if (!set.ok) return set;
    } else if (device !== 'reader') await desk.clear(device);
  }
  return ok(undefined);
}
