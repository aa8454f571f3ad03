import { accountEffects } from '#contract/accounts/effects.ts';
import type { AccountName } from '#contract/journal/kinds/accounts.ts';
import type { Language } from '#contract/money/index.ts';
import { formatAmount, formatInteger } from '#contract/money/index.ts';
import type { TicketFacts } from '#contract/tickets/token/facts.ts';
import type { TicketVerdict } from '#contract/tickets/token/verify.ts';
import { verify as en } from '#resources/locales/en/verify.ts';
import { fill } from '#resources/locales/fill.ts';
import { verify as fr } from '#resources/locales/fr/verify.ts';

export const words = { fr, en };

/** `none`: nothing was scanned yet. `no-crypto`: the browser lends its cryptography only over https. */
export type Shown = TicketVerdict | { verdict: 'none' } | { verdict: 'no-crypto' };

/** What the page says: its word, how grave it is, and the ticket's facts as a person reads them. */
export type Told = {
  kind: keyof typeof fr.verdicts;
  tone: 'go' | 'warn' | 'stop' | 'quiet';
  word: string;
  detail: string;
  facts: { name: string; value: string }[];
  remark: string | null;
};

const tones: Record<Told['kind'], Told['tone']> = {
  authentic: 'go',
  copy: 'warn',
  training: 'warn',
  altered: 'stop',
  unreadable: 'warn',
  'unknown-key': 'warn',
  none: 'quiet',
  'no-crypto': 'warn',
};

function kindOf(shown: Shown): Told['kind'] {
  if (shown.verdict !== 'authentic') return shown.verdict;
  if (shown.facts.training) return 'training';
  return shown.facts.copy > 0 ? 'copy' : 'authentic';
}

/** Puts a verdict into words. Of a ticket that is not authentic nothing is told as a fact. */
export function tell(shown: Shown, language: Language): Told {
  const t = words[language];
  const kind = kindOf(shown);
  const { word, detail } = t.verdicts[kind];
  const authentic = shown.verdict === 'authentic' ? shown : null;
  return {
    kind,
    tone: tones[kind],
    word,
    detail: fill(detail, { copy: authentic?.facts.copy }, language),
    facts: authentic ? factsOf(authentic, language) : [],
    remark: authentic?.dateDoubtful ? t.dateDoubtful : null,
  };
}

function factsOf(
  { facts, certificate }: Extract<TicketVerdict, { verdict: 'authentic' }>,
  language: Language,
): Told['facts'] {
  const { facts: names, operations } = words[language];
  const amount = (minor: number) => formatAmount(minor, facts.currency, language);
  const account = accountOf(facts.operation);
  const signed = `${facts.points > 0 ? '+' : ''}${formatInteger(facts.points, language)}`;
  const number = fill(names.shopNumber, { number: String(certificate.shop.number) }, language);
  return [
    { name: names.shop, value: `${certificate.shop.name}, ${number}` },
    { name: names.operation, value: operations[facts.operation] },
    { name: names.amount, value: amount(facts.amountMinor) },
    ...(account === null
      ? [
          { name: names.points, value: signed },
          ...(facts.balance === null ? [] : [{ name: names.balance, value: formatInteger(facts.balance, language) }]),
        ]
      : facts.balance === null
        ? []
        : [{ name: names[account], value: amount(facts.balance) }]),
    { name: names.card, value: fill(names.cardEnding, { digits: facts.cardLastDigits }, language) },
    { name: names.ticket, value: facts.ticketNumber },
    { name: names.date, value: dateOf(facts.wallSeconds, language) },
    { name: names.till, value: certificate.terminal },
  ];
}

/** The account that an act of a card's purse or credit moves. Null: it moves points. */
const accountOf = (operation: TicketFacts['operation']): AccountName | null =>
  operation === 'sale' || operation === 'spend' || operation === 'reversal' ? null : accountEffects[operation].account;

const dateOf = (wallSeconds: number, language: Language): string =>
  new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', {
    dateStyle: 'medium',
    timeStyle: 'medium',
  }).format(wallSeconds * 1000);
