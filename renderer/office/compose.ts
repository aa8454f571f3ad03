import { startLanguage } from '#renderer/ui/language.ts';
import { createCentralClient } from './api.ts';
import type { Office } from './office.ts';
import { createSessionStore } from './session.ts';

/** The one place where the office's pages meet the browser. */
export function composeOffice(page: Window): Office {
  startLanguage(page.localStorage, page.navigator.language);
  const session = createSessionStore(page.sessionStorage, Date.now());
  return {
    client: createCentralClient(page.location.origin, () => session.getState().session?.token ?? null),
    session,
    origin: page.location.origin,
    now: () => Date.now(),
    random: () => Math.random(),
    after: (delayMs, task) => {
      const timer = page.setTimeout(task, delayMs);
      return () => page.clearTimeout(timer);
    },
    save: (url) => {
      const link = page.document.createElement('a');
      link.href = url;
      link.download = '';
      link.click();
    },
    copy: (text) =>
      page.navigator.clipboard.writeText(text).then(
        () => true,
        () => false,
      ),
  };
}
