import { useState } from 'react';
import type { CardholderCard } from '#contract/central/cardholder.ts';
import { Confirm } from '#renderer/ui/Confirm.tsx';
import type { PortalTrouble } from '../api.ts';
import { usePortal, usePortalWords } from '../portal.ts';

/** A card's number stays on one line. */
const betweenDigits = /(?<=\d) (?=\d)/g;

type Props = {
  cardNumber: string;
  fail: (thrown: unknown) => PortalTrouble;
  onCancel: () => void;
  onDone: (blocked: CardholderCard) => void;
};

/** Says what happens, then blocks the card in the whole network. */
export function DeclareLost({ cardNumber, fail, onCancel, onDone }: Props) {
  const { client } = usePortal();
  const { t, say, trouble: sayTrouble } = usePortalWords();
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<PortalTrouble | null>(null);
  const block = async () => {
    if (busy) return;
    setBusy(true);
    setTrouble(null);
    try {
      onDone(await client.declareLost());
    } catch (thrown) {
      setTrouble(fail(thrown));
      setBusy(false);
    }
  };
  const { consequences } = t.loss;
  return (
    <Confirm
      title={say(t.loss.title, { cardNumber }).replaceAll(betweenDigits, '\u00a0')}
      consequences={[consequences.refused, consequences.kept, consequences.back]}
      confirm={t.loss.confirm}
      cancel={t.loss.cancel}
      busy={busy}
      trouble={trouble && sayTrouble(trouble)}
      onConfirm={() => void block()}
      onCancel={onCancel}
    />
  );
}
