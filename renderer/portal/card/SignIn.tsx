import { type FormEvent, useEffect, useState } from 'react';
import { parseCardNumber } from '#contract/loyalty/card-number.ts';
import { Message } from '#renderer/ui/Message.tsx';
import { troubleOf } from '../api.ts';
import { usePortal, usePortalWords } from '../portal.ts';

/** A card's number and its PIN. Whatever is wrong with them gets one answer. */
export function SignIn({ ended, onOpen }: { ended: boolean; onOpen: () => void }) {
  const { client, session, network: known } = usePortal();
  const { t, trouble } = usePortalWords();
  const [network, setNetwork] = useState('');
  const [cardNumber, setCardNumber] = useState('');
  const [pin, setPin] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(ended ? t.signIn.ended : null);
  // A message in the other language says nothing.
  useEffect(() => setError(ended ? t.signIn.ended : null), [ended, t]);

  const open = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    setError(null);
    const networkId = known ?? Number(network);
    if (!Number.isInteger(networkId) || networkId < 1 || cardNumber.trim() === '' || pin === '') {
      return setError(t.signIn.missing);
    }
    const card = parseCardNumber(cardNumber);
    if (!card.ok) return setError(t.signIn.cardNumberWrong);
    setBusy(true);
    try {
      const { token } = await client.signIn({ network: networkId, cardNumber: card.value, pin });
      session.set(token);
      onOpen();
    } catch (thrown) {
      setPin('');
      setError(trouble(troubleOf(thrown)));
      setBusy(false);
    }
  };
  return (
    <>
      <div>
        <h1>{t.signIn.title}</h1>
        <p className="t2">{t.signIn.lead}</p>
      </div>
      <form onSubmit={(event) => void open(event)} noValidate>
        <Message trouble={error} takesFocus />
        {known === null ? (
          <label className="field">
            <span>{t.signIn.network}</span>
            <input
              className="input"
              inputMode="numeric"
              autoComplete="off"
              maxLength={5}
              value={network}
              onChange={(event) => setNetwork(event.target.value)}
            />
            <span className="hint">{t.signIn.networkHint}</span>
          </label>
        ) : null}
        <label className="field">
          <span>{t.signIn.cardNumber}</span>
          <input
            className="input mono"
            inputMode="numeric"
            autoComplete="off"
            maxLength={16}
            value={cardNumber}
            onChange={(event) => setCardNumber(event.target.value)}
          />
          <span className="hint">{t.signIn.cardNumberHint}</span>
        </label>
        <label className="field">
          <span>{t.signIn.pin}</span>
          <input
            className="input"
            type="password"
            inputMode="numeric"
            autoComplete="off"
            maxLength={8}
            value={pin}
            onChange={(event) => setPin(event.target.value)}
          />
          <span className="hint">{t.signIn.noPin}</span>
        </label>
        <button type="submit" className="btn primary" aria-disabled={busy || undefined}>
          <span>{busy ? t.signIn.opening : t.signIn.open}</span>
        </button>
      </form>
    </>
  );
}
