import { formatCardNumber } from '#contract/loyalty/card-number.ts';
import { formatInteger, type Language } from '#contract/money/index.ts';
import type { CardView } from '#contract/till/loyalty.ts';
import { localMoment } from '../local-moment.ts';
import { timeoutMs } from '../options.ts';
import { done } from '../outcome.ts';
import type { Verb } from '../verb.ts';

const whyDifferent = {
  fr: {
    none: '',
    pending: 'des écritures attendent la carte',
    unsent: 'cette caisse n’a pas tout envoyé',
    elsewhere: 'une autre caisse n’a pas tout envoyé',
    contradiction: 'rien ne l’explique : un cas à régler',
  },
  en: {
    none: '',
    pending: 'writes wait for the card',
    unsent: 'this till has not sent all',
    elsewhere: 'another till has not sent all',
    contradiction: 'nothing explains it: a case for a person',
  },
} as const;

const operations: Record<Language, Record<string, string>> = {
  fr: { issue: 'ouverture', earn: 'achat', spend: 'dépense', adjust: 'mise à jour' },
  en: { issue: 'opened', earn: 'purchase', spend: 'spending', adjust: 'update' },
};

/** What the server says, where it is not what the card says, and why. */
function ledgerText(language: Language, { ledger, difference }: CardView): string {
  const server = language === 'fr' ? 'serveur' : 'server';
  return `${server}: ${formatInteger(ledger?.balance ?? 0, language)} points (${whyDifferent[language][difference ?? 'none']})`;
}

export const cardShow: Verb = {
  name: 'card show',
  usage: '[--timeout SECONDS]',
  summary: {
    fr: 'lit une carte : soldes, compteur, dernières opérations ; règle une écriture interrompue',
    en: 'reads a card: balances, counter, last operations; settles a torn write',
  },
  async run({ till, options, language, progress }) {
    for await (const event of await till.loyalty.showCard({ timeoutMs: timeoutMs(options) })) {
      if (event.stage === 'present-card') progress(language === 'fr' ? 'Présentez la carte.' : 'Present the card.');
      if (event.stage !== 'result') continue;
      const { card } = event;
      const lines = [
        formatCardNumber(card.cardNumber),
        ...card.balances.map(({ shop, balance }) => `${shop}: ${formatInteger(balance, language)} points`),
        ...(card.ledger && card.difference !== 'none' ? [ledgerText(language, card)] : []),
        ...card.history.map(
          ({ operation, points, balance, atMs }) =>
            `${localMoment(atMs, language)}  ${operations[language][operation] ?? operation}  ${formatInteger(points, language)}  → ${formatInteger(balance, language)}`,
        ),
      ];
      return done(card, lines.join('\n'));
    }
    throw new Error('a card was neither read nor refused');
  },
};
