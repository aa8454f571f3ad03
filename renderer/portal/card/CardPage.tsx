import { useCallback, useEffect, useRef, useState } from 'react';
import type { CardholderCard } from '#contract/central/cardholder.ts';
import { Icon } from '#renderer/ui/icons.tsx';
import { Message } from '#renderer/ui/Message.tsx';
import { type PortalTrouble, troubleOf } from '../api.ts';
import { usePortal, usePortalWords } from '../portal.ts';
import { ChangePin } from './ChangePin.tsx';
import { DeclareLost } from './DeclareLost.tsx';
import { ShopPanel } from './ShopPanel.tsx';

/** What was just done, said in the language of the moment. */
type Done = { what: 'pin'; shops: number } | { what: 'loss' };

/** The card: how it stands, what it holds in each shop, and what its holder may do about it. */
export function CardPage({ onEnded }: { onEnded: () => void }) {
  const { client } = usePortal();
  const { t, say, trouble: sayTrouble } = usePortalWords();
  const [card, setCard] = useState<CardholderCard | null>(null);
  const [trouble, setTrouble] = useState<PortalTrouble | null>(null);
  const [done, setDone] = useState<Done | null>(null);
  const [open, setOpen] = useState<'pin' | 'loss' | null>(null);
  const title = useRef<HTMLHeadingElement>(null);
  const fail = useCallback(
    (thrown: unknown): PortalTrouble => {
      const what = troubleOf(thrown);
      if (what.type === 'NotSignedIn') onEnded();
      return what;
    },
    [onEnded],
  );
  const read = useCallback(async () => {
    setTrouble(null);
    try {
      setCard(await client.card());
    } catch (thrown) {
      setTrouble(fail(thrown));
    }
  }, [client, fail]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the page opens
  useEffect(() => void read(), []);
  useEffect(() => {
    if (card) title.current?.focus();
  }, [card]);

  if (!card) {
    return (
      <>
        <p aria-busy={trouble === null}>{trouble ? '' : t.card.loading}</p>
        <Message trouble={trouble && sayTrouble(trouble)} />
        {trouble ? (
          <button type="button" className="btn plain" onClick={() => void read()}>
            <span>{t.card.again}</span>
          </button>
        ) : null}
      </>
    );
  }
  // A card that was replaced has no use for a PIN.
  const hasPin = card.status !== 'replaced' && card.shops.some((shop) => shop.hasPin);
  const sayDone = (what: Done) => (what.what === 'loss' ? t.loss.done : say(t.pin.done, { count: what.shops }));
  return (
    <>
      <h1 ref={title} tabIndex={-1}>
        {say(t.card.title, { cardNumber: card.cardNumber })}
      </h1>
      <Message trouble={null} done={done && sayDone(done)} />
      {card.status === 'active' ? null : <Standing status={card.status} />}
      <section aria-labelledby="shops" className="acts">
        <h2 id="shops">{t.card.shops}</h2>
        {card.shops.length === 0 ? <p className="t2">{t.card.nowhere}</p> : null}
        {card.shops.map((shop) => (
          <ShopPanel key={shop.name} shop={shop} inUse={card.status === 'active'} />
        ))}
      </section>
      {open === 'pin' ? (
        <ChangePin
          fail={fail}
          onCancel={() => setOpen(null)}
          onDone={(shops) => {
            setOpen(null);
            setDone({ what: 'pin', shops });
            title.current?.focus();
            void read();
          }}
        />
      ) : (
        <div className="acts">
          {hasPin ? (
            <button type="button" className="btn plain" onClick={() => setOpen('pin')}>
              <span>{t.pin.open}</span>
            </button>
          ) : null}
          {card.status === 'active' ? (
            <button type="button" className="btn plain danger" onClick={() => setOpen('loss')}>
              <span>{t.loss.open}</span>
            </button>
          ) : null}
        </div>
      )}
      {open === 'loss' ? (
        <DeclareLost
          cardNumber={card.cardNumber}
          fail={fail}
          onCancel={() => setOpen(null)}
          onDone={(blocked) => {
            setOpen(null);
            setCard(blocked);
            setDone({ what: 'loss' });
          }}
        />
      ) : null}
    </>
  );
}

function Standing({ status }: { status: 'blocked' | 'replaced' }) {
  const { t } = usePortalWords();
  const detail = { blocked: t.card.blockedDetail, replaced: t.card.replacedDetail }[status];
  return (
    <div className="standing" data-status={status}>
      <b>
        <Icon name="stop" />
        {t.card[status]}
      </b>
      <p>{detail}</p>
    </div>
  );
}
