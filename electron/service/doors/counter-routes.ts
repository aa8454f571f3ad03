import { implement } from '@orpc/server';
import { tillContract } from '#contract/till/index.ts';
import type { Service } from '../service.ts';
import { acting, allowed } from './acting.ts';
import type { DoorContext } from './context.ts';
import { accepted } from './refusing.ts';

const os = implement(tillContract).$context<DoorContext>();

/** The counter's day: whoever looks at it holds the right to, and every act has its person and, where wanted, its approval. */
export function dayRoutes(service: Service) {
  const { day } = service;
  return {
    state: os.day.state.handler(async ({ context, errors }) => {
      acting(service, context, errors, 'look-day');
      return accepted(await day.state(), errors);
    }),
    open: os.day.open.handler(async ({ input, context, errors }) =>
      accepted(await day.open(acting(service, context, errors, 'open-day'), input), errors),
    ),
    x: os.day.x.handler(async ({ input, context, errors }) =>
      accepted(await day.read(acting(service, context, errors, 'look-day'), input), errors),
    ),
    close: os.day.close.handler(async ({ input: { approval, ...asked }, context, errors }) => {
      const { who, approvedBy } = await allowed(service, context, errors, 'close', approval);
      return accepted(await day.close(who, { ...asked, approvedBy }), errors);
    }),
    reprint: os.day.reprint.handler(async ({ input, context, errors }) =>
      accepted(await day.reprint(acting(service, context, errors, 'reprint'), input), errors),
    ),
  };
}

export function drawerRoutes(service: Service) {
  const { day } = service;
  return {
    open: os.drawer.open.handler(async ({ input: { approval, ...asked }, context, errors }) => {
      const { who, approvedBy } = await allowed(service, context, errors, 'drawer', approval);
      return accepted(await day.openDrawer(who, { ...asked, approvedBy }), errors);
    }),
    move: os.drawer.move.handler(async ({ input: { approval, ...asked }, context, errors }) => {
      const { who, approvedBy } = await allowed(service, context, errors, 'cash-movement', approval);
      const moved = accepted(await day.moveCash(who, { ...asked, approvedBy }), errors);
      return { ...moved, amountMinor: asked.amountMinor };
    }),
  };
}
