import { startLanguage } from '#renderer/ui/language.ts';
import { createPortalClient } from './api.ts';
import type { Portal } from './portal.ts';

/** The one place where the portal's pages meet the browser. */
export function composePortal(page: Window): Portal {
  startLanguage(page.localStorage, page.navigator.language);
  let bearer: string | null = null;
  const asked = new URLSearchParams(page.location.search).get('network') ?? '';
  return {
    client: createPortalClient(page.location.origin, () => bearer),
    session: {
      set: (token) => {
        bearer = token;
      },
    },
    network: /^\d{1,5}$/.test(asked) ? Number(asked) : null,
    now: () => Date.now(),
  };
}
