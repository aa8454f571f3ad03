import { type CurrencyCode, currencies, formatAmount } from '#contract/money/index.ts';
import { useWords } from '../useTill.ts';

const sizeOf = (figure: string): 'few' | 'many' | 'most' => {
  const digits = figure.replace(/\D/g, '').length;
  return digits >= 9 ? 'most' : digits >= 7 ? 'many' : 'few';
};

type Props = { amountMinor: number; currency: CurrencyCode; caret?: boolean };

/** The one dominant figure: it shrinks by steps so that it never wraps. */
export function Amount({ amountMinor, currency, caret = false }: Props) {
  const { language } = useWords();
  const figure = formatAmount(amountMinor, currency, language, 'none');
  return (
    <p className="amount" data-size={sizeOf(figure)}>
      <span data-figure="amount">{figure}</span>
      {caret ? <span className="caret" /> : null}
      <small>{currencies[currency].symbol}</small>
    </p>
  );
}
