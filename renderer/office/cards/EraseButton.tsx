import { useState } from 'react';
import type { Customer, OfficeCard } from '#contract/central/office-cards.ts';
import { Confirm } from '#renderer/ui/Confirm.tsx';
import { useChange } from '../lists/useList.ts';
import { useOffice } from '../office.ts';
import { useCardWords } from './words.ts';

type Props = { card: OfficeCard; customer: Customer; onErased: () => void };

/** Erasing cannot be undone: it says what goes and what stays, and asks once more. */
export function EraseButton({ card, customer, onErased }: Props) {
  const { client } = useOffice();
  const { t, say, trouble: sayTrouble } = useCardWords();
  const { customer: words } = t;
  const { busy, trouble, change } = useChange();
  const [asking, setAsking] = useState(false);
  const erase = async () => {
    if (busy) return;
    const done = await change(async () => void (await client.office.eraseCustomer({ cardNumber: card.cardNumber })));
    if (!done) return;
    setAsking(false);
    onErased();
  };
  const { data, card: cardStays, history } = words.consequences;
  return (
    <>
      <button type="button" className="btn small danger" onClick={() => setAsking(true)}>
        <span>{words.erase}</span>
      </button>
      {asking ? (
        <Confirm
          title={words.eraseTitle}
          consequences={[data, cardStays, history]}
          confirm={say(words.confirm, { name: customer.name ?? words.someone })}
          cancel={words.cancel}
          busy={busy}
          trouble={trouble && sayTrouble(trouble)}
          onConfirm={() => void erase()}
          onCancel={() => setAsking(false)}
        />
      ) : null}
    </>
  );
}
