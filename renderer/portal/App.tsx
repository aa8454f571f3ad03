import { useEffect, useState } from 'react';
import { Brand } from '#renderer/ui/icons.tsx';
import { switchLanguage } from '#renderer/ui/language.ts';
import { CardPage } from './card/CardPage.tsx';
import { SignIn } from './card/SignIn.tsx';
import { usePortal, usePortalWords } from './portal.ts';

type Stage = 'signed-out' | 'ended' | 'signed-in';

/** The cardholder's page: a number and a PIN, then the card. */
export function App() {
  const { client, session } = usePortal();
  const { t } = usePortalWords();
  const [stage, setStage] = useState<Stage>('signed-out');
  useEffect(() => {
    document.title = `${t.product} · Comptoir`;
  }, [t]);
  const leave = (next: Stage) => {
    session.set(null);
    setStage(next);
  };
  const signOut = () => {
    // It ends here whether the server heard it or not; there it expires by itself.
    client.signOut().catch(() => {});
    leave('signed-out');
  };
  return (
    <div className="portal">
      <header>
        <span className="b">
          <Brand />
          {t.product}
        </span>
        <button type="button" onClick={switchLanguage} aria-label={t.languageLong}>
          {t.language}
        </button>
        {stage === 'signed-in' ? (
          <button type="button" onClick={signOut}>
            {t.card.signOut}
          </button>
        ) : null}
      </header>
      <main>
        {stage === 'signed-in' ? (
          <CardPage onEnded={() => leave('ended')} />
        ) : (
          <SignIn ended={stage === 'ended'} onOpen={() => setStage('signed-in')} />
        )}
      </main>
    </div>
  );
}
