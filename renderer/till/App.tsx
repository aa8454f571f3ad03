import { useStore } from 'zustand';
import { AttendancePage } from './attendance/AttendancePage.tsx';
import { CardPage } from './card/CardPage.tsx';
import { CardsPage } from './cards/CardsPage.tsx';
import { ClosePage } from './close/ClosePage.tsx';
import { useCounter } from './counter.ts';
import { DoctorPage } from './doctor/DoctorPage.tsx';
import { Connection } from './frame/Connection.tsx';
import { OfflineStrip } from './frame/OfflineStrip.tsx';
import { Rail } from './frame/Rail.tsx';
import { Strip } from './frame/Strip.tsx';
import { JournalPage } from './journal/JournalPage.tsx';
import { PursePage } from './purse/PursePage.tsx';
import { ReversePage } from './reverse/ReversePage.tsx';
import { SalePage } from './sale/SalePage.tsx';
import { SignIn } from './sign-in/SignIn.tsx';
import { SpendPage } from './spend/SpendPage.tsx';
import { TrainingBanner } from './training/TrainingBanner.tsx';
import { useScreen, useTillView } from './useTill.ts';

const pages = {
  sale: SalePage,
  spend: SpendPage,
  cards: CardsPage,
  card: CardPage,
  purse: PursePage,
  reverse: ReversePage,
  close: ClosePage,
  attendance: AttendancePage,
  journal: JournalPage,
  doctor: DoctorPage,
};

/** The till: no way in, nobody signed in, or the counter itself. */
export function App() {
  const { door } = useCounter();
  const current = useStore(door.store);
  const state = useTillView((view) => view.state);
  const staff = useTillView((view) => view.staff);
  const page = useScreen((screen) => screen.page);
  const switching = useScreen((screen) => screen.switching);
  if (current.state !== 'ready') return <Connection door={current} />;
  if (!state) return <Connection door={{ state: 'connecting' }} />;
  const Page = pages[page];
  return (
    <div className="till">
      <TrainingBanner />
      <Rail />
      <main className="main">
        <OfflineStrip />
        {page === 'attendance' || (staff && !switching) ? <Page /> : <SignIn />}
      </main>
      <Strip />
    </div>
  );
}
