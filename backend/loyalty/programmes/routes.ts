import { implement } from '@orpc/server';
import type { RequestContext } from '#backend/http/request-context.ts';
import type { Session } from '#backend/parties/sessions.ts';
import { answer } from '#backend/refusal.ts';
import { officeProgrammeContract } from '#contract/central/office-programme.ts';
import type { ProgrammeDesk } from './desk.ts';

/** The office's calls about programme and settings. @param sessionOf who asks; throws the refusal of one who may not */
export function programmeRoutes(desk: ProgrammeDesk, sessionOf: (context: RequestContext) => Promise<Session>) {
  const os = implement(officeProgrammeContract)
    .$context<RequestContext>()
    .use(async ({ context, next }) => next({ context: { session: await sessionOf(context) } }));
  const { programme, settings } = os;
  return {
    programme: {
      show: programme.show.handler(({ context }) => desk.show(context.session)),
      versions: programme.versions.handler(({ input, context }) => desk.versions(context.session, input.before)),
      version: programme.version.handler(async ({ input, context }) =>
        answer(await desk.version(context.session, input.version)),
      ),
      saveDraft: programme.saveDraft.handler(async ({ input, context }) =>
        answer(await desk.saveDraft(context.session, input)),
      ),
      discardDraft: programme.discardDraft.handler(async ({ context }) =>
        answer(await desk.discardDraft(context.session)),
      ),
      tryOut: programme.tryOut.handler(({ input, context }) => desk.tryOut(context.session, input)),
      publish: programme.publish.handler(async ({ input, context }) => ({
        programme: answer(await desk.publish(context.session, input)),
      })),
      importFile: programme.importFile.handler(async ({ input, context }) =>
        answer(await desk.importFile(context.session, input.text)),
      ),
    },
    settings: {
      show: settings.show.handler(({ context }) => desk.settings(context.session)),
      save: settings.save.handler(async ({ input, context }) =>
        answer(await desk.saveSettings(context.session, input)),
      ),
    },
  };
}
