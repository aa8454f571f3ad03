import { useStore } from 'zustand';
import { useOffice, useWords } from './office.ts';
import { SignIn } from './sign-in/SignIn.tsx';
import { TopBar } from './TopBar.tsx';
import { TransactionsPage } from './transactions/TransactionsPage.tsx';

/** The shop's office: nobody signed in, or its pages. */
export function App() {
  const { session } = useOffice();
  const { t } = useWords();
  const current = useStore(session, (state) => state.session);
  return (
    <div className="office">
      <a className="skip" href="#content">
        {t.skip}
      </a>
      <TopBar session={current} />
      <main id="content" className="wrap" tabIndex={-1}>
        {current ? <TransactionsPage currency={current.currency} /> : <SignIn />}
      </main>
    </div>
  );
}
