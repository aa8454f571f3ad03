import { useState } from 'react';
import type { TillError } from '#contract/till/errors.ts';
import { useCounter } from '../counter.ts';
import { useKeys } from '../keyboard/useKeys.ts';
import { TrainingDoor } from '../training/TrainingDoor.tsx';
import { TrainingQuestion } from '../training/TrainingQuestion.tsx';
import { useTrainingDoor } from '../training/useTrainingDoor.ts';
import { useSale, useTillView, useWords } from '../useTill.ts';
import { WhoPage } from './WhoPage.tsx';

/** Who is at the till: a name, then a PIN, or a badge. The sale in progress stays as it is. */
export function SignIn() {
  const { screen, staff } = useCounter();
  const { t, say } = useWords();
  const names = useTillView((view) => view.names);
  const signedIn = useTillView((view) => view.staff);
  const sale = useSale();
  const [checking, setChecking] = useState(false);
  const [error, setError] = useState<TillError | null>(null);

  const door = useTrainingDoor(setError);

  const settle = async (asked: Promise<TillError | null>) => {
    setChecking(true);
    const refusal = await asked;
    setChecking(false);
    setError(refusal);
  };
  // Coming and going needs nobody signed in.
  useKeys('dialog', { keys: { F10: () => screen.setState({ page: 'attendance', switching: false }) } });
  const back = signedIn && {
    words: say(t.signIn.cancel, { name: signedIn.name.split(' ')[0] }),
    onPress: () => screen.setState({ switching: false }),
  };
  if (door.asking) return <TrainingQuestion door={door} />;
  return (
    <WhoPage
      title={t.signIn.title}
      note={sale.stage === 'amount' && sale.entry.digits === '' ? null : <p className="t2">{t.signIn.saleKept}</p>}
      names={names}
      open={t.signIn.open}
      back={back}
      error={error}
      checking={checking}
      onPin={(code, pin) => void settle(staff.signIn(code, pin))}
      onBadge={(badge) => void settle(staff.signInByBadge(badge))}
      onTyped={() => setError(null)}
      foot={<TrainingDoor door={door} />}
    />
  );
}
