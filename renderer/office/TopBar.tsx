import { Brand } from '#renderer/ui/icons.tsx';
import { switchLanguage } from '#renderer/ui/language.ts';
import { useOffice, useWords } from './office.ts';
import type { OfficePage } from './page.ts';
import { addressOf } from './route.ts';
import type { Session } from './session.ts';

type Props = { session: Session | null; pages: readonly OfficePage[]; current: string | null };

export function TopBar({ session, pages, current }: Props) {
  const { client, session: store } = useOffice();
  const { t, language } = useWords();
  const signOut = () => {
    // The session ends here whether the server heard it or not; there it expires by itself.
    client.office.signOut().catch(() => {});
    store.setState({ session: null, ended: false });
  };
  return (
    <header className="top">
      <span className="b">
        <Brand />
        {t.product}
      </span>
      {session ? (
        <nav aria-label={t.nav.label}>
          {pages.map(({ id, label }) => (
            <a key={id} href={addressOf(id)} aria-current={id === current ? 'page' : undefined}>
              {label[language]}
            </a>
          ))}
        </nav>
      ) : null}
      {session ? (
        <span className="who sp">
          {session.tenantName}, {session.name}
        </span>
      ) : null}
      <button type="button" className={session ? '' : 'sp'} onClick={switchLanguage}>
        {t.nav.language}
      </button>
      {session ? (
        <button type="button" onClick={signOut}>
          {t.nav.signOut}
        </button>
      ) : null}
    </header>
  );
}
