import { useState } from 'react';
import type { OfficeCard, OfficeCardOperation } from '#contract/central/office-cards.ts';
import { Cell } from '../lists/Cell.tsx';
import { Nothing } from '../lists/Nothing.tsx';
import { useCardWords } from './words.ts';

/** So many leave room for the holder on the same screen. */
const atFirst = 8;

/** What moved the card in this shop, newest first, and what became of each write on the card. */
export function OperationTable({ card }: { card: OfficeCard }) {
  const { t, say } = useCardWords();
  const [all, setAll] = useState(false);
  if (card.operations.length === 0) {
    return <Nothing filtered={false} title={t.noOperations} detail={t.noOperationsDetail} onClear={() => {}} />;
  }
  return (
    <section className="panel tbl">
      <table>
        <caption>{t.operations}</caption>
        <thead>
          <tr>
            <th scope="col" aria-sort="descending">
              {t.date}
            </th>
            <th scope="col">{t.nature}</th>
            <th scope="col">{t.till}</th>
            <th scope="col">{t.ticket}</th>
            <th scope="col" className="r">
              {t.amount}
            </th>
            <th scope="col" className="r">
              {t.points}
            </th>
            <th scope="col">{t.onCard}</th>
          </tr>
        </thead>
        <tbody>
          {card.operations.slice(0, all ? undefined : atFirst).map((operation) => (
            <Row key={`${operation.intention}-${operation.kind}`} operation={operation} />
          ))}
        </tbody>
      </table>
      {!all && card.operations.length > atFirst ? (
        <div className="foot-line p-4">
          <button type="button" className="btn small" onClick={() => setAll(true)}>
            <span>{say(t.allOperations, { count: card.operations.length })}</span>
          </button>
        </div>
      ) : null}
    </section>
  );
}

function Row({ operation }: { operation: OfficeCardOperation }) {
  const { t, say, number, signed, amount, moment } = useCardWords();
  const { kind, otherCard, currency, amountMinor } = operation;
  return (
    <tr data-operation={kind}>
      <Cell name={t.date}>{moment(operation.wallTime)}</Cell>
      <Cell name={t.nature}>{say(t.kinds[kind], { number: otherCard ? number(otherCard) : '' })}</Cell>
      <Cell name={t.till}>{operation.till ?? <span className="t2">{t.byServer}</span>}</Cell>
      <Cell name={t.ticket} className="num">
        {operation.ticketNumber ?? ''}
      </Cell>
      <Cell name={t.amount} className="r num">
        {currency && amountMinor !== 0 ? amount(amountMinor, currency) : ''}
      </Cell>
      <Cell name={t.points} className="r num">
        {signed(operation.points)}
      </Cell>
      <Cell name={t.onCard}>
        <OnCard operation={operation} />
      </Cell>
    </tr>
  );
}

/** The balance the card had then; or what is still open. */
function OnCard({ operation: { kind, outcome, cardBalance } }: { operation: OfficeCardOperation }) {
  const { t, say, integer } = useCardWords();
  const { outcomes } = t;
  if (kind === 'moved-out') return <span className="t2">{outcomes.none}</span>;
  if (outcome === 'applied') {
    const balance = cardBalance === null ? outcomes.plain : say(outcomes.applied, { balance: integer(cardBalance) });
    return <span className="t2">{balance}</span>;
  }
  return <span className="tag warn">{outcome === null ? outcomes.waiting : outcomes[outcome]}</span>;
}
