import { useCallback, useState } from 'react';
import type { OfficeCard } from '#contract/central/office-cards.ts';
import { Icon } from '#renderer/ui/icons.tsx';
import { Message } from '#renderer/ui/Message.tsx';
import { useList } from '../lists/useList.ts';
import { useOffice } from '../office.ts';
import { addressOf } from '../route.ts';
import { BlockForm } from './BlockForm.tsx';
import { CustomerFacts } from './CustomerFacts.tsx';
import { CustomerForm } from './CustomerForm.tsx';
import { OperationTable } from './OperationTable.tsx';
import { StatusTag } from './StatusTag.tsx';
import { useCardWords } from './words.ts';

/** One card: what the shop's ledger says, its movements, its holder, and its use. */
export function OneCard({ cardNumber, mayWrite }: { cardNumber: string; mayWrite: boolean }) {
  const { client } = useOffice();
  const { t, lists, trouble: sayTrouble } = useCardWords();
  const read = useCallback(async () => {
    const card = await client.office.card({ cardNumber });
    const { customer } = await client.office.customer({ cardNumber });
    return { rows: [{ card, customer }], next: null, count: 1 };
  }, [client, cardNumber]);
  const { page, trouble, reload } = useList(read);
  const shown = page?.rows[0];
  const missing = trouble && (trouble.type === 'NotFound' || trouble.type === 'InvalidRequest');
  const reloaded = () => void reload();
  // A form begins anew once there is nobody to show.
  const [erasures, setErasures] = useState(0);
  const erased = () => void reload().then(() => setErasures(erasures + 1));
  return (
    <>
      <p>
        <a className="back" href={addressOf('cards')}>
          {lists.back}
        </a>
      </p>
      {shown ? (
        <>
          <Head card={shown.card} />
          <Message trouble={null} done={erasures > 0 && !shown.customer ? t.customer.erased : null} />
          <OperationTable cardNumber={cardNumber} />
          <div className="sheets">
            {mayWrite ? (
              <CustomerForm
                key={erasures}
                card={shown.card}
                customer={shown.customer}
                onChanged={reloaded}
                onErased={erased}
              />
            ) : (
              <CustomerFacts customer={shown.customer} />
            )}
            {mayWrite ? <BlockForm card={shown.card} onChanged={reloaded} /> : null}
          </div>
        </>
      ) : (
        <Message trouble={missing ? t.notOurs : trouble && sayTrouble(trouble)} />
      )}
    </>
  );
}

function Head({ card }: { card: OfficeCard }) {
  const { t, say, number, integer, amount, pending } = useCardWords();
  return (
    <>
      <div className="h">
        <div>
          <h1 className="mono">{number(card.cardNumber)}</h1>
          <p>
            {`${card.holder ?? t.anonymous} · `}
            <StatusTag status={card.status} />
            {card.replacedBy ? (
              <>
                {' · '}
                <a className="back" href={addressOf('cards', card.replacedBy)}>
                  {say(t.replacedBy, { number: number(card.replacedBy) })}
                </a>
              </>
            ) : null}
          </p>
        </div>
        {card.openCases > 0 ? (
          <p className="tag warn">
            <Icon name="warn" />
            {say(t.casesOpen, { count: card.openCases })}
            <a className="back" href={addressOf('cases')}>
              {t.toCases}
            </a>
          </p>
        ) : null}
      </div>
      <dl className="panel facts">
        <div>
          <dt>{t.balance}</dt>
          <dd data-figure="balance">{integer(card.balance)}</dd>
          {card.pendingPoints === 0 ? null : <dd>{pending(card.pendingPoints)}</dd>}
        </div>
        <div>
          <dt>{t.spend}</dt>
          <dd>{amount(card.totalSpendMinor, card.currency)}</dd>
        </div>
        <div>
          <dt>{t.onCard}</dt>
          <dd>{say(t.counter, { counter: card.counter })}</dd>
        </div>
      </dl>
    </>
  );
}
