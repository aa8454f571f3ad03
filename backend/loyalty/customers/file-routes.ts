import { implement } from '@orpc/server';
import type { RequestContext } from '#backend/http/request-context.ts';
import type { Session } from '#backend/parties/sessions.ts';
import { answer } from '#backend/refusal.ts';
import { officeCustomerFilesContract } from '#contract/central/office-customer-files.ts';
import type { CustomerFiles } from './file-requests.ts';

/** The office's calls about the customers' file. @param sessionOf who asks; throws the refusal of one who may not */
export function customerFileRoutes(desk: CustomerFiles, sessionOf: (context: RequestContext) => Promise<Session>) {
  const os = implement(officeCustomerFilesContract)
    .$context<RequestContext>()
    .use(async ({ context, next }) => next({ context: { session: await sessionOf(context) } }));
  return {
    customerFileRequests: os.customerFileRequests.handler(async ({ input, context }) =>
      answer(await desk.list(context.session, input)),
    ),
    askCustomerFile: os.askCustomerFile.handler(async ({ input, context }) => {
      const request = answer(await desk.ask(context.session, input));
      const { id, people } = request;
      context.log.warn({ by: context.session.person.code, request: id, people }, 'customers’ file asked for');
      return request;
    }),
    decideCustomerFile: os.decideCustomerFile.handler(async ({ input, context }) => {
      const request = answer(await desk.decide(context.session, input));
      const { id, approved } = input;
      context.log.warn({ by: context.session.person.code, request: id, approved }, 'customers’ file decided');
      return request;
    }),
    takeCustomerFile: os.takeCustomerFile.handler(async ({ input, context }) => {
      const { people, link } = answer(await desk.take(context.session, input));
      context.log.warn({ by: context.session.person.code, request: input.id, people }, 'customers’ file taken');
      return link;
    }),
  };
}
