import type { CardAccounts } from '#contract/central/till-accounts.ts';
import { formatAmount } from '#contract/money/index.ts';
import type { AccountResult } from '#contract/till/accounts.ts';
import { Verdict } from '#renderer/ui/Verdict.tsx';
import { Action } from '../frame/Action.tsx';
import { Trouble } from '../frame/Trouble.tsx';
import { TicketPreview } from '../result/TicketPreview.tsx';
import { useReprint } from '../result/useReprint.ts';
import { useWords } from '../useTill.ts';
import { usePurseWords } from './words.ts';

/** What was moved, what the account comes to, and the ticket. */
export function PostedPage({ result, onEnd }: { result: AccountResult; onEnd: () => void }) {
  const { t, say, language } = usePurseWords();
  const { t: till } = useWords();
  const { printed, working, reprint } = useReprint(result.intention, result);
  const { act, amountMinor, balanceMinor, currency, cardNumber } = result;
  const amount = (minor: number) => formatAmount(minor, currency, language);
  const ofCredit = act === 'draw' || act === 'repay';
  return (
    <>
      <section className="eye res purse">
        <Verdict tone="go" word={t.done[act]} large>
          {amount(amountMinor)}
        </Verdict>
        <div className="panel bal">
          <div className="holder">
            <b>{say(t.card, { cardNumber })}</b>
          </div>
          {balanceMinor === null ? (
            <p className="t2">{t.later}</p>
          ) : (
            <Figure name={ofCredit ? t.owed : t.purse} value={amount(balanceMinor)} figure="account" />
          )}
        </div>
        <Trouble error={printed.why} tone="warn" />
      </section>
      <section className="hand">
        <TicketPreview
          title={
            printed.copy > 0 ? say(till.result.copy, { copy: printed.copy }) : `${t.ticket} ${result.ticketNumber}`
          }
          print={working ? 'printing' : printed.print}
          ticket={result.ticket}
        />
        <Action keyName="F7" kind="quiet" disabled={working} onPress={reprint}>
          {till.result.reprint}
        </Action>
        <Action kind="primary" keyName="Enter" onPress={onEnd} focus>
          {t.next}
        </Action>
      </section>
    </>
  );
}

/** What a card's accounts come to, as the server has them. */
export function ShownPage({ accounts, onEnd }: { accounts: CardAccounts; onEnd: () => void }) {
  const { t, say, language } = usePurseWords();
  const { purse, credit, currency, cardNumber } = accounts;
  const amount = (minor: number) => formatAmount(minor, currency, language);
  const heldMinor = purse.heldMinor + credit.heldMinor;
  return (
    <>
      <section className="eye res purse">
        <div className="panel bal">
          <div className="holder">
            <b>{say(t.card, { cardNumber })}</b>
          </div>
          <Figure name={t.purse} value={amount(purse.balanceMinor)} figure="purse" />
          <Figure name={t.owed} value={amount(credit.owedMinor)} figure="owed" />
          <Figure name={t.limit} value={amount(credit.limitMinor)} figure="limit" />
          {heldMinor > 0 ? <Figure name={t.held} value={amount(heldMinor)} figure="held" /> : null}
        </div>
      </section>
      <section className="hand">
        <div className="push" />
        <Action kind="primary" keyName="Enter" onPress={onEnd} focus>
          {t.next}
        </Action>
      </section>
    </>
  );
}

const Figure = ({ name, value, figure }: { name: string; value: string; figure: string }) => (
  <p className="figure">
    <span>{name}</span>
    <b className="sum" data-figure={figure}>
      {value}
    </b>
  </p>
);
