import { implement } from '@orpc/server';
import { doorContract } from '#contract/till/door.ts';
import { tillContract } from '#contract/till/index.ts';
import type { Service } from '../service.ts';
import type { DoorContext, DoorRouter } from './context.ts';
import { accepted } from './refusing.ts';
import { tillRouter } from './router.ts';

const os = implement(doorContract).$context<DoorContext>();

/** Who signs in at the training till is signed in there, and nowhere else: another session on the same connection. */
const inTraining = implement(tillContract)
  .$context<DoorContext>()
  .use(({ context, next }) => next({ context: { session: context.training } }));

/** The till, and the training till beside it, which is made when somebody enters it. */
export function doorRouter(service: Service): DoorRouter {
  const { training } = service;
  return os.router({
    ...tillRouter(service),
    training: {
      enter: os.training.enter.handler(async ({ errors }) => {
        accepted(await training.service(), errors);
        return { done: true as const };
      }),
      on: os.training.on.lazy(async () => {
        const till = await training.service();
        if (!till.ok) throw new Error(`no training till: ${till.error.type}`);
        return { default: inTraining.router(tillRouter(till.value)) };
      }),
    },
  });
}
