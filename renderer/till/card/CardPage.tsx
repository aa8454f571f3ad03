import { useWords } from '../useTill.ts';
import { CardFacts } from './CardFacts.tsx';
import { CardPrompt } from './CardPrompt.tsx';
import { LookingHand } from './LookingHand.tsx';
import { useLooking } from './looking.ts';

/** A customer's balance and last operations, from the card itself and from the server. */
export function CardPage() {
  const { t } = useWords();
  const { looking, again } = useLooking();
  return (
    <>
      {looking.stage === 'read' ? (
        <CardFacts card={looking.card} />
      ) : (
        <CardPrompt title={t.card.title} lay={t.card.lay} looking={looking} />
      )}
      <LookingHand current="card" looking={looking} again={again} back={t.card.done} />
    </>
  );
}
