import { type FormEvent, useCallback, useState } from 'react';
import type { OfficeHold } from '#contract/central/office-accounts.ts';
import { formatCardNumber } from '#contract/loyalty/card-number.ts';
import { type CurrencyCode, formatAmount } from '#contract/money/index.ts';
import { Message } from '#renderer/ui/Message.tsx';
import { ListFoot } from '../lists/ListFoot.tsx';
import { type Column, ListTable } from '../lists/ListTable.tsx';
import { useChange, useList } from '../lists/useList.ts';
import { useShopWords } from '../lists/words.ts';
import { useOffice } from '../office.ts';
import { useAccountWords } from './words.ts';

type Props = { currency: CurrencyCode; mayRelease: boolean; onReleased: () => void };

/** What is promised to tills whose entries have not come, the oldest first; nothing is shown where there is none. */
export function HoldsPanel({ currency, mayRelease, onReleased }: Props) {
  const { client } = useOffice();
  const { trouble: sayTrouble } = useShopWords();
  const { t, say } = useAccountWords();
  const read = useCallback((before?: string) => client.office.holds(before === undefined ? {} : { before }), [client]);
  const { page, trouble, loadingMore, more, reload } = useList(read);
  const [chosen, setChosen] = useState<OfficeHold | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const released = (hold: OfficeHold) => {
    const { cardNumber, amountMinor } = hold;
    setDone(say(t.released, { cardNumber, amountMinor, currency }));
    setChosen(null);
    void reload();
    onReleased();
  };
  return (
    <>
      <Message trouble={trouble && sayTrouble(trouble)} done={done} takesFocus />
      {page && page.rows.length > 0 ? (
        <section className="panel tbl holds" data-holds={page.count}>
          <h2>{t.holds}</h2>
          <HoldTable rows={page.rows} currency={currency} onChoose={mayRelease ? setChosen : null} />
          <ListFoot page={page} more={more} loadingMore={loadingMore} />
        </section>
      ) : null}
      {chosen ? (
        <ReleaseForm key={chosen.intention} hold={chosen} currency={currency} onReleased={() => released(chosen)} />
      ) : null}
    </>
  );
}

type TableProps = {
  rows: readonly OfficeHold[];
  currency: CurrencyCode;
  onChoose: ((hold: OfficeHold) => void) | null;
};

function HoldTable({ rows, currency, onChoose }: TableProps) {
  const { t, say, language } = useAccountWords();
  const { moment } = useShopWords();
  const held = ({ amountMinor, account }: OfficeHold) =>
    `${formatAmount(amountMinor, currency, language)}, ${account === 'purse' ? t.purse : t.owed}`;
  const outcome = (hold: OfficeHold) =>
    onChoose && hold.mayRelease ? (
      <button type="button" className="btn small" onClick={() => onChoose(hold)}>
        <span>{t.release}</span>
      </button>
    ) : (
      <span className="t2">{hold.mayRelease ? '' : say(t.awaited, { when: moment(hold.releasableAtMs) })}</span>
    );
  const columns: Column<OfficeHold>[] = [
    { name: t.card, className: 'mono', cell: ({ cardNumber }) => formatCardNumber(cardNumber) },
    { name: t.held, figure: true, cell: held },
    { name: t.till, cell: ({ till }) => till },
    { name: t.age, cell: ({ ageMs, heldAt }) => say(t.since, { ageMs, when: moment(heldAt) }) },
    { name: t.seen, cell: ({ seenAt }) => moment(seenAt) },
    { name: t.outcome, className: 'outcome', cell: outcome },
  ];
  return (
    <ListTable
      caption={t.holds}
      columns={columns}
      rows={rows}
      keyOf={({ intention }) => intention}
      attributes={({ intention }) => ({ 'data-hold': intention })}
    />
  );
}

type ReleaseProps = { hold: OfficeHold; currency: CurrencyCode; onReleased: () => void };

/** Why it is given back: the word stays with it. */
function ReleaseForm({ hold, currency, onReleased }: ReleaseProps) {
  const { client } = useOffice();
  const { trouble: sayTrouble } = useShopWords();
  const { t, say } = useAccountWords();
  const { busy, trouble, change } = useChange();
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  const release = say(t.releaseSum, { amountMinor: hold.amountMinor, currency });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const why = reason.trim();
    setMissing(why.length < 3);
    if (busy || why.length < 3) return;
    const { intention } = hold;
    if (await change(async () => void (await client.office.releaseHold({ intention, reason: why })))) onReleased();
  };
  return (
    <form className="panel form" onSubmit={(event) => void submit(event)}>
      <h2>{release}</h2>
      <p className="t2">{t.freed}</p>
      <label className="field">
        <span>{say(t.why, { cardNumber: hold.cardNumber })}</span>
        <input
          className="input"
          maxLength={120}
          autoComplete="off"
          // biome-ignore lint/a11y/noAutofocus: the person has just asked for it
          autoFocus
          aria-invalid={missing || undefined}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </label>
      <Message trouble={missing ? t.whyMissing : trouble && sayTrouble(trouble)} takesFocus />
      <div className="line">
        <button type="submit" className="btn small ink" aria-disabled={busy || undefined}>
          <span>{release}</span>
        </button>
      </div>
    </form>
  );
}
