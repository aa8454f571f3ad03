import { implement } from '@orpc/server';
import { tillError } from '#contract/till/errors.ts';
import { tillContract } from '#contract/till/index.ts';
import type { Role } from '#contract/till/state.ts';
import { journalPage } from '../counter/journal-view.ts';
import type { Acting } from '../loyalty/parts.ts';
import { sellOnce } from '../loyalty/sell-once.ts';
import { showCard } from '../loyalty/show-card.ts';
import type { Service } from '../service.ts';
import type { DoorContext, TillRouter } from './context.ts';
import { accepted, type Refuser } from './refusing.ts';
import { simulateRoutes } from './simulate-routes.ts';
import { watchState } from './watch-state.ts';

const os = implement(tillContract).$context<DoorContext>();

const sellers: readonly Role[] = ['cashier', 'manager'];

/** Who is signed in on this connection, as the staff list has them now, if they may do this (invariant 21). */
function acting({ loyalty }: Service, { session }: DoorContext, errors: Refuser): Acting {
  const who = session.acting && loyalty.feed.staffMember(session.acting.code);
  if (!who?.active) throw errors.REFUSED({ data: tillError('NotSignedIn') });
  const { code, name, role } = who;
  if (!sellers.includes(role)) throw errors.REFUSED({ data: tillError('NotAllowed', { role }) });
  return { code, name, role };
}

/** Every call of the contract, led to its use case. Inputs and outputs are checked by the contract's schemas. */
export function tillRouter(service: Service): TillRouter {
  const { loyalty, sales, reprints, signIn, desk, sync } = service;
  return os.router({
    till: {
      watch: os.till.watch.handler(({ signal }) => watchState(service, signal)),
      status: os.till.status.handler(() => service.status()),
      enrol: os.till.enrol.handler(async ({ input, errors }) => accepted(await service.enrol(input), errors)),
    },
    staff: {
      list: os.staff.list.handler(() => signIn.list()),
      signIn: os.staff.signIn.handler(async ({ input, context, errors }) => {
        const member = accepted(await signIn.withPin(input.intention, input.code, input.pin), errors);
        context.session.acting = member;
        return member;
      }),
      signOut: os.staff.signOut.handler(({ context }) => {
        context.session.acting = null;
        return { done: true };
      }),
    },
    loyalty: {
      sell: os.loyalty.sell.handler(async function* ({ input, context, errors, signal }) {
        const run = accepted(sellOnce(loyalty, sales, acting(service, context, errors), input), errors);
        // A repeat of a sale that has ended takes no newer amount off the screen.
        const shown = desk.register.amount?.amountMinor;
        if (input.source === 'register' && shown === input.amountMinor) desk.register.clearAmount();
        // A screen that is loaded anew comes back to its sale; a command that is gone does not, and the next card is not for it.
        const hungUp = () => void sales.cancel(input.intention);
        if (input.source === 'command') signal?.addEventListener('abort', hungUp, { once: true });
        accepted(yield* run.follow(signal), errors);
      }),
      cancel: os.loyalty.cancel.handler(({ input }) => ({ cancelled: sales.cancel(input.intention) })),
      showCard: os.loyalty.showCard.handler(async function* ({ input, errors, signal }) {
        const given = signal ?? new AbortController().signal;
        accepted(yield* showCard(loyalty, input.timeoutMs, given), errors);
      }),
      reprint: os.loyalty.reprint.handler(async ({ input, context, errors }) =>
        accepted(await reprints.print(loyalty, acting(service, context, errors), input), errors),
      ),
    },
    journal: {
      list: os.journal.list.handler(({ input }) => journalPage(loyalty.reader, input)),
      verify: os.journal.verify.handler(() => service.verifyJournal()),
    },
    sync: {
      now: os.sync.now.handler(({ input }) => sync.engine.syncNow(input)),
    },
    device: {
      list: os.device.list.handler(() => desk.list()),
      set: os.device.set.handler(async ({ input, errors }) => {
        const { device, address, profile } = input;
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
      use: os.device.use.handler(async ({ input, errors }) => {
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
