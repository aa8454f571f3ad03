import { implement } from '@orpc/server';
import { tillError } from '#contract/till/errors.ts';
import { tillContract } from '#contract/till/index.ts';
import { exportJournal } from '../counter/journal-export.ts';
import { journalPage } from '../counter/journal-view.ts';
import type { Service } from '../service.ts';
import { accountsRoutes } from './accounts-routes.ts';
import { maySetDevices } from './acting.ts';
import { attendanceRoutes } from './attendance-routes.ts';
import { cardWorkRoutes } from './card-work-routes.ts';
import { cardNumberRoutes } from './cards-routes.ts';
import type { DoorContext, TillRouter } from './context.ts';
import { dayRoutes, drawerRoutes } from './counter-routes.ts';
import { loyaltyRoutes } from './loyalty-routes.ts';
import { accepted } from './refusing.ts';
import { simulateRoutes } from './simulate-routes.ts';
import { staffRoutes } from './staff-routes.ts';
import { watchState } from './watch-state.ts';

const os = implement(tillContract).$context<DoorContext>();

/** Every call of the contract, led to its use case. Inputs and outputs are checked by the contract's schemas. */
export function tillRouter(service: Service): TillRouter {
  const { loyalty, desk, sync } = service;
  return os.router({
    till: {
      watch: os.till.watch.handler(({ signal }) => watchState(service, signal)),
      status: os.till.status.handler(() => service.status()),
      enrol: os.till.enrol.handler(async ({ input, errors }) => accepted(await service.enrol(input), errors)),
    },
    staff: staffRoutes(service),
    loyalty: loyaltyRoutes(service),
    cards: { ...cardNumberRoutes(service), ...cardWorkRoutes(service) },
    day: dayRoutes(service),
    drawer: drawerRoutes(service),
    accounts: accountsRoutes(service),
    attendance: attendanceRoutes(service),
    journal: {
      list: os.journal.list.handler(({ input }) => journalPage(loyalty.reader, input)),
      verify: os.journal.verify.handler(() => service.verifyJournal()),
      export: os.journal.export.handler(({ input }) =>
        exportJournal(loyalty.reader, input, {
          timeZone: loyalty.timeZone,
          currency: sync.enrolment()?.currency ?? 'XOF',
        }),
      ),
    },
    sync: {
      now: os.sync.now.handler(({ input }) => sync.engine.syncNow(input)),
    },
    device: {
      list: os.device.list.handler(() => desk.list()),
      set: os.device.set.handler(async ({ input, context, errors }) => {
        const { device, address, profile, approval } = input;
        await maySetDevices(service, context, errors, approval);
        if (service.state().training) throw errors.REFUSED({ data: tillError('NotInTraining') });
        if (device === 'scanner')
          throw errors.REFUSED({ data: tillError('DeviceAddressInvalid', { address, part: device }) });
        accepted(await desk.set(device, { address, profile }), errors);
        return (await desk.list()).find((found) => found.device === device)!;
      }),
      test: os.device.test.handler(async ({ input, errors }) => {
        if (input.device === 'printer') await desk.printer.ask();
        const found = (await desk.list()).find(({ device }) => device === input.device);
        if (!found) throw errors.REFUSED({ data: tillError('InvalidRequest', { what: input.device }) });
        return found;
      }),
      use: os.device.use.handler(async ({ input, context, errors }) => {
        // A demonstration's counter is everybody's toy, as its simulators are.
        if (!service.simulated) await maySetDevices(service, context, errors, input.approval);
        accepted(await service.useDevices(input.devices), errors);
        return { done: true };
      }),
    },
    demo: {
      info: os.demo.info.handler(({ errors }) => accepted(service.demoInfo(), errors)),
    },
    simulate: simulateRoutes(service),
  });
}
