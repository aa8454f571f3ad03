import { useState } from 'react';
import type { CardView } from '#contract/till/loyalty.ts';
import { CardPrompt } from '../card/CardPrompt.tsx';
import { LookingHand } from '../card/LookingHand.tsx';
import { useLooking } from '../card/looking.ts';
import { useCounter } from '../counter.ts';
import { Action } from '../frame/Action.tsx';
import { OperationsOrTray } from '../sale/OperationsOrTray.tsx';
import type { Choice } from '../sale/sale.ts';
import { useTillView, useWords } from '../useTill.ts';
import { ChoiceList } from './ChoiceList.tsx';
import { choicesOf } from './choices.ts';

/** First the card, so that the balance is known; then what the customer takes for it. */
export function SpendPage() {
  const { t } = useWords();
  const { looking, again } = useLooking();
  if (looking.stage === 'read') return <Choosing card={looking.card} again={again} />;
  return (
    <>
      <CardPrompt title={t.spend.title} lay={t.spend.lay} looking={looking} />
      <LookingHand current="spend" looking={looking} again={again} back={t.spend.back} />
    </>
  );
}

function Choosing({ card, again }: { card: CardView; again: () => void }) {
  const { selling, screen } = useCounter();
  const { t, say } = useWords();
  const [steps, setSteps] = useState(0);
  const [at, setAt] = useState(0);
  const programme = useTillView((view) => view.state?.programme ?? null);
  const balance = card.balances[0]?.balance ?? 0;
  const choices = choicesOf(card, programme, balance, steps);
  const chosen = choices[Math.min(at, choices.length - 1)];
  const take = (choice: Choice) => {
    screen.setState({ page: 'sale' });
    selling.spend(choice);
  };
  return (
    <>
      <ChoiceList
        card={card}
        choices={choices}
        chosen={chosen ?? null}
        onChoose={setAt}
        mayLess={steps > 0}
        onSteps={(by) => {
          setSteps(Math.max(0, steps + by));
          setAt(choices.length - 1);
        }}
      />
      <section className="hand">
        <OperationsOrTray current="spend" waiting={false} />
        <div className="push" />
        <Action keyName="N" kind="quiet" onPress={again}>
          {t.spend.otherCard}
        </Action>
        <Action keyName="Escape" onPress={() => screen.setState({ page: 'sale' })}>
          {t.spend.back}
        </Action>
        {chosen ? (
          <Action
            kind="primary quiet"
            keyName="Enter"
            icon="gift"
            disabled={chosen.points > balance}
            onPress={() => take(chosen)}
            focus
          >
            {say(t.spend.take, { points: chosen.points })}
          </Action>
        ) : null}
      </section>
    </>
  );
}
