import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { useOffice, useWords } from './office.ts';
import type { OfficePage } from './page.ts';
import { pagesFor } from './pages.ts';
import { useRoute } from './route.ts';
import type { Session } from './session.ts';
import { SignIn } from './sign-in/SignIn.tsx';
import { TopBar } from './TopBar.tsx';

/** The shop's office: nobody signed in, or its pages. */
export function App() {
  const { session } = useOffice();
  const { t } = useWords();
  const current = useStore(session, (state) => state.session);
  const route = useRoute();
  const pages = current ? pagesFor(current.role) : [];
  const page = pages.find(({ id }) => id === route.id) ?? pages[0];
  return (
    <div className="office">
      <button type="button" className="skip" onClick={toContent}>
        {t.skip}
      </button>
      <TopBar session={current} pages={pages} current={page?.id ?? null} />
      <main id="content" className="wrap" tabIndex={-1}>
        {current && page ? <Content page={page} session={current} rest={route.rest} /> : <SignIn />}
      </main>
    </div>
  );
}

/** No link to `#content`: the address names pages, and following it would leave the one that is open. */
const toContent = (): void => document.getElementById('content')?.focus();

/** A page by its name in the window's title. Coming from another one, the focus goes where the new content begins. */
function Content({ page, session, rest }: { page: OfficePage; session: Session; rest: readonly string[] }) {
  const { t, language } = useWords();
  const shown = useRef(page.id);
  useEffect(() => {
    document.title = `${page.label[language]} · ${t.product}`;
    if (shown.current === page.id) return;
    shown.current = page.id;
    window.scrollTo(0, 0);
    toContent();
  }, [page, language, t]);
  return <page.Page key={page.id} session={session} rest={rest} />;
}
