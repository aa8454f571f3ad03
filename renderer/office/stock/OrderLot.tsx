import { type FormEvent, useState } from 'react';
import { lotKinds, type ShopStock } from '#contract/central/office-cards-stock.ts';
import { Message } from '#renderer/ui/Message.tsx';
import { useChange } from '../lists/useList.ts';
import { useOffice } from '../office.ts';
import { useStockWords } from './words.ts';

type Kind = (typeof lotKinds)[number];
const least = 10;
const most = 100_000;

type Props = {
  /** Whom the network may order for; null: a shop orders for itself. */
  shops: readonly ShopStock[] | null;
  onOrdered: () => void;
};

/** A lot of cards: how many, of which kind, for whom. */
export function OrderLot({ shops, onOrdered }: Props) {
  const { client } = useOffice();
  const { t, say, trouble: sayTrouble, number } = useStockWords();
  const { busy, trouble, change } = useChange();
  const [count, setCount] = useState('500');
  const [kind, setKind] = useState<Kind>('blank');
  const [shop, setShop] = useState('');
  const [wrong, setWrong] = useState(false);
  const [done, setDone] = useState<string | null>(null);
  const cards = /^\d{1,6}$/.test(count.trim()) ? Number(count) : 0;
  const order = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    const sound = cards >= least && cards <= most;
    setWrong(!sound);
    setDone(null);
    if (!sound) return;
    const ordered = await change(async () => {
      const lot = await client.office.orderCardLot({ count: cards, kind, shop: shop === '' ? null : Number(shop) });
      const numbers = { first: number(lot.firstNumber), last: number(lot.lastNumber) };
      setDone(say(t.orderDone, { lot: lot.lot, size: lot.size, ...numbers }));
    });
    if (ordered) onOrdered();
  };
  return (
    <form className="panel form" data-form="order-lot" onSubmit={(event) => void order(event)}>
      <h2>{t.order}</h2>
      <p className="hint">{t.orderDetail}</p>
      <div className="line">
        <label className="field">
          <span>{t.count}</span>
          <input
            className="input"
            inputMode="numeric"
            maxLength={6}
            value={count}
            aria-invalid={wrong || undefined}
            onChange={(event) => setCount(event.target.value)}
          />
        </label>
        <label className="field">
          <span>{t.kind}</span>
          <select className="input" value={kind} onChange={(event) => setKind(event.target.value as Kind)}>
            {lotKinds.map((each) => (
              <option key={each} value={each}>
                {t.kinds[each]}
              </option>
            ))}
          </select>
        </label>
        {shops ? (
          <label className="field">
            <span>{t.forShop}</span>
            <select className="input" value={shop} onChange={(event) => setShop(event.target.value)}>
              <option value="">{t.forNetwork}</option>
              {shops.map((each) => (
                <option key={each.number} value={each.number}>
                  {each.name}
                </option>
              ))}
            </select>
          </label>
        ) : null}
        <button type="submit" className="btn small ink" aria-disabled={busy || undefined}>
          <span>{cards > 0 ? say(t.orderNow, { count: cards }) : t.orderNone}</span>
        </button>
      </div>
      <p className="hint">{t.kindHints[kind]}</p>
      <Message trouble={wrong ? t.countWrong : trouble && sayTrouble(trouble)} done={done} takesFocus />
    </form>
  );
}
