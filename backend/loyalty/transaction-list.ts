import type { OfficeList } from '#backend/reports/office-list.ts';
import type { OfficeTransaction } from '#contract/central/index.ts';
import { condition } from './transaction-filter.ts';
import { officeTransaction, type TransactionRow, transactionQuery } from './transaction-rows.ts';

/** The shop's transactions as the office lists them and as a file. */
export const transactionList: OfficeList<TransactionRow, OfficeTransaction> = {
  report: {
    name: { fr: 'Transactions', en: 'Transactions' },
    columns: [
      { key: 'wallTime', label: { fr: 'Date', en: 'Date' }, kind: 'date' },
      { key: 'ticketNumber', label: { fr: 'Ticket', en: 'Ticket' }, kind: 'text' },
      { key: 'cardNumber', label: { fr: 'Carte', en: 'Card' }, kind: 'card' },
      {
        key: 'kind',
        label: { fr: 'Nature', en: 'Kind' },
        kind: 'code',
        words: {
          'loyalty.sale': { fr: 'Achat', en: 'Purchase' },
          'loyalty.spend': { fr: 'Points dépensés', en: 'Points spent' },
          'loyalty.reversal': { fr: 'Contre-passation', en: 'Reversal' },
          'purse.topped-up': { fr: 'Recharge du porte-monnaie', en: 'Purse topped up' },
          'purse.paid': { fr: 'Payé par porte-monnaie', en: 'Paid from the purse' },
          'purse.refunded': { fr: 'Porte-monnaie remboursé', en: 'Purse refunded' },
          'credit.drawn': { fr: 'Achat à crédit', en: 'Purchase on credit' },
          'credit.repaid': { fr: 'Crédit remboursé', en: 'Credit repaid' },
          'card.issued': { fr: 'Carte remise', en: 'Card issued' },
          'card.replaced': { fr: 'Solde déplacé', en: 'Balance moved' },
        },
      },
      { key: 'terminalLabel', label: { fr: 'Caisse', en: 'Till' }, kind: 'text' },
      { key: 'staffName', label: { fr: 'Par', en: 'By' }, kind: 'text' },
      { key: 'amountMinor', label: { fr: 'Montant', en: 'Amount' }, kind: 'amount' },
      { key: 'currency', label: { fr: 'Devise', en: 'Currency' }, kind: 'text' },
      { key: 'points', label: { fr: 'Points', en: 'Points' }, kind: 'points' },
      { key: 'balance', label: { fr: 'Solde', en: 'Balance' }, kind: 'points' },
      { key: 'receivedAt', label: { fr: 'Reçu par le serveur', en: 'Received by the server' }, kind: 'date' },
      { key: 'late', label: { fr: 'En retard', en: 'Late' }, kind: 'flag' },
      {
        key: 'cardOutcome',
        label: { fr: 'Écriture sur la carte', en: 'Written to the card' },
        kind: 'code',
        words: {
          applied: { fr: 'faite', en: 'done' },
          'not-applied': { fr: 'non faite', en: 'not done' },
          unknown: { fr: 'à vérifier', en: 'to be checked' },
          quarantined: { fr: 'à examiner', en: 'to be examined' },
        },
      },
      { key: 'intention', label: { fr: 'Identifiant', en: 'Id' }, kind: 'text' },
    ],
  },
  query(tenant, filter) {
    const where = condition(tenant, filter);
    return where && transactionQuery(where);
  },
  row: officeTransaction,
};
