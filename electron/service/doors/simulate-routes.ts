import { implement } from '@orpc/server';
import { err, ok, type Result } from '#contract/result/index.ts';
import { type TillError, tillError } from '#contract/till/errors.ts';
import { tillContract } from '#contract/till/index.ts';
import type { SimulatedCounter } from '../demo/counter.ts';
import type { Service } from '../service.ts';
import type { DoorContext } from './context.ts';
import { accepted } from './refusing.ts';

const os = implement(tillContract).$context<DoorContext>();

const done = { done: true } as const;

/** The hands of a demonstration: lay a card down, empty the roll, ring an amount up, cut the line, turn the clock. */
export function simulateRoutes(service: Service) {
  const onTray = <P>(part: (counter: SimulatedCounter) => P | null): Result<P, TillError> => {
    const found = service.simulated ? part(service.simulated) : null;
    return found ? ok(found) : err(tillError('NotSimulated'));
  };
  return {
    card: os.simulate.card.handler(async ({ input, errors }) => {
      await service.simulated?.trayFilled();
      const tray = accepted(
        onTray((counter) => counter.tray()),
        errors,
      );
      if (input.action === 'remove') tray.remove();
      else if (input.action === 'tear') tray.tear(input.when);
      else if (!tray.present(input.slot)) {
        throw errors.REFUSED({ data: tillError('InvalidRequest', { what: `card ${input.slot}` }) });
      }
      return done;
    }),
    printer: os.simulate.printer.handler(async ({ input, errors }) => {
      accepted(
        onTray((counter) => counter.printer()),
        errors,
      ).set(input.state);
      await service.desk.printer.ask();
      return done;
    }),
    register: os.simulate.register.handler(async ({ input, errors }) => {
      const register = accepted(
        onTray((counter) => counter.register()),
        errors,
      );
      if (input.raw === undefined) await register.ringUp({ amountMinor: input.amountMinor });
      else await register.send(Buffer.from(input.raw, 'latin1'));
      return done;
    }),
    link: os.simulate.link.handler(({ input, errors }) => {
      if (!service.simulated) throw errors.REFUSED({ data: tillError('NotSimulated') });
      service.setLinkCut(input.state === 'down');
      return done;
    }),
    clock: os.simulate.clock.handler(({ input, errors }) => {
      if (!service.simulated) throw errors.REFUSED({ data: tillError('NotSimulated') });
      service.shiftClock(input.shiftSeconds * 1000);
      return done;
    }),
  };
}
