import { formatCardNumber } from '#contract/loyalty/card-number.ts';
import { formatInteger } from '#contract/money/index.ts';
import { timeoutMs } from '../options.ts';
import { done } from '../outcome.ts';
import type { Verb } from '../verb.ts';

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
        ...card.history.map(
          ({ operation, points, balance, atMs }) =>
            `${new Date(atMs).toISOString().slice(0, 16)}  ${operation}  ${formatInteger(points, language)}  → ${formatInteger(balance, language)}`,
        ),
      ];
      return done(card, lines.join('\n'));
    }
    throw new Error('a card was neither read nor refused');
  },
};
