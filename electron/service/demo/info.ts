import { err, ok, type Result } from '#contract/result/index.ts';
import type { DemoSetup } from '#contract/till/demo-setup.ts';
import { type TillError, tillError } from '#contract/till/errors.ts';
import type { DemoInfo } from '../service.ts';
import type { SimulatedCounter } from './counter.ts';
import { trayOf } from './tray-cards.ts';

/** What a demonstration shows on its own sign-in page and in its tray. Errors: NotSimulated. */
export function demoInfo(setup: DemoSetup | null, simulated: SimulatedCounter | null): Result<DemoInfo, TillError> {
  if (!setup || !simulated) return err(tillError('NotSimulated'));
  return ok({
    staff: setup.staff,
    cards: trayOf(setup).map(({ slot, label, cardNumber }) => ({ slot, label, cardNumber })),
    present: simulated.tray()?.presentSlot ?? null,
    officeUrl: setup.officeUrl,
    samples: { stamps: [], enrolmentCode: setup.sampleEnrolmentCode },
  });
}
