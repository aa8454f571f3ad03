import type { AccountAct } from '#contract/accounts/effects.ts';
import { columns, type FrameFacts, figures, framedTicket, space } from '#contract/loyalty/ticket-frame.ts';
import type { Ticket, TicketLine } from '#contract/tickets/ticket.ts';

/** The facts of a ticket about a card's purse or credit. */
export type AccountTicketFacts = Omit<FrameFacts, 'cardPending'> & {
  act: AccountAct;
  amountMinor: number;
  /** Null: only the server knows. */
  balanceMinor: number | null;
  inCash: boolean;
};

const words = {
  fr: {
    acts: {
      'top-up': 'RECHARGE',
      pay: 'PAYÉ PAR LA CARTE',
      refund: 'REMBOURSÉ EN ESPÈCES',
      draw: 'ACHAT À CRÉDIT',
      repay: 'CRÉDIT REMBOURSÉ',
    },
    purse: 'Porte-monnaie',
    credit: 'Reste dû',
    later: 'au retour du réseau',
    sign: 'Signature',
  },
  en: {
    acts: {
      'top-up': 'TOP-UP',
      pay: 'PAID BY CARD',
      refund: 'REFUNDED IN CASH',
      draw: 'PURCHASE ON CREDIT',
      repay: 'CREDIT REPAID',
    },
    purse: 'Purse',
    credit: 'Still owed',
    later: 'once back online',
    sign: 'Signature',
  },
} as const;

/**
 * The customer signs for what leaves the shop against nothing: a purchase on credit, and cash. The drawer opens for cash alone, and
 * for no copy.
 */
export function accountTicket(facts: AccountTicketFacts): Ticket {
  const say = words[facts.language];
  const { act, balanceMinor, copy } = facts;
  const { amount } = figures(facts);
  const after = act === 'draw' || act === 'repay' ? say.credit : say.purse;
  const signed: TicketLine[] = [space, { kind: 'text', text: `${say.sign} ....................` }];
  const middle: TicketLine[] = [
    { kind: 'columns', left: say.acts[act], right: amount(facts.amountMinor), bold: true },
    columns(after, balanceMinor === null ? say.later : amount(balanceMinor)),
    ...(act === 'draw' || act === 'refund' ? signed : []),
  ];
  return { ...framedTicket({ ...facts, cardPending: false }, middle, []), drawer: facts.inCash && copy === 0 };
}
