import { formatCardNumber, parseCardNumber } from '#contract/loyalty/card-number.ts';
import { formatInteger } from '#contract/money/index.ts';
import type { CardWorkEvent, IssuedCard } from '#contract/till/cards.ts';
import { tillError } from '#contract/till/errors.ts';
import { timeoutMs } from '../options.ts';
import { done, type Outcome, refused } from '../outcome.ts';
import type { Call, Verb } from '../verb.ts';

const prompts = {
  fr: {
    'present-card': 'Présentez la carte.',
    'remove-card': 'Retirez la carte, puis reposez-la.',
    'present-card-again': 'Carte retirée trop tôt. Reposez la même carte.',
    reading: 'Lecture de la carte…',
    working: 'Laissez la carte sur le lecteur.',
  },
  en: {
    'present-card': 'Present the card.',
    'remove-card': 'Remove the card, then tap it again.',
    'present-card-again': 'Card removed too soon. Tap the same card again.',
    reading: 'Reading the card…',
    working: 'Leave the card on the reader.',
  },
} as const;

const how = {
  fr: { issued: 'carte créée', joined: 'carte ouverte dans la boutique', already: 'carte déjà ouverte ici' },
  en: { issued: 'card issued', joined: 'card opened in the shop', already: 'card open here already' },
} as const;

const wait = ({ options, uuid }: Call) => ({
  intention: String(options.intention ?? uuid()),
  useCardAsItLies: true,
  timeoutMs: timeoutMs(options),
});

/** Tells each new stage once, and gives the event that ended the work. */
async function last({ progress, language }: Call, events: AsyncIterable<CardWorkEvent>) {
  let told: string | null = null;
  for await (const event of events) {
    if (event.stage === 'issued' || event.stage === 'done') return event;
    if (event.stage !== told) progress(prompts[language][event.stage]);
    told = event.stage;
  }
  throw new Error('work on a card ended without its result');
}

export const cardIssue: Verb = {
  name: 'card issue',
  usage: '[--number N] [--intention UUID] [--timeout SECONDS]',
  summary: {
    fr: 'fait d’une carte vierge, ou d’une carte du réseau, une carte de la boutique',
    en: 'makes a blank card, or one of the network, a card of this shop',
  },
  options: { number: { type: 'string' } },
  actsAs: 'cashier',
  async run(call) {
    const asked = call.options.number;
    const number = asked === undefined ? null : parseCardNumber(String(asked));
    if (number && !number.ok) return refused(tillError('CardNumberInvalid', { cardNumber: String(asked) }));
    const event = await last(call, await call.till.cards.issue({ ...wait(call), cardNumber: number?.value ?? null }));
    if (event.stage !== 'issued') throw new Error('a card was neither issued nor refused');
    return done(event.card, issuedText(call, event.card));
  },
};

const issuedText = ({ language }: Call, card: IssuedCard): string =>
  `${formatCardNumber(card.cardNumber)}  ${how[language][card.how]}\n${formatInteger(card.balance, language)} points`;

export const cardPin: Verb = {
  name: 'card pin',
  usage: '[--current] [--remove] [--pin-stdin] [--intention UUID] [--timeout SECONDS]',
  summary: {
    fr: 'donne ou change le code du porteur, avec --current en tapant celui d’avant ; --remove l’enlève',
    en: 'sets or changes the cardholder’s PIN, with --current by giving the one before; --remove takes it off',
  },
  options: { current: { type: 'boolean' }, remove: { type: 'boolean' } },
  actsAs: 'manager',
  async run(call) {
    const { options, secrets, language } = call;
    const words = language === 'fr' ? ['code actuel', 'nouveau code'] : ['PIN of now', 'new PIN'];
    const pin = options.current === true ? await secrets.ask(words[0]!) : null;
    const newPin = options.remove === true ? null : await secrets.ask(words[1]!);
    return worked(await last(call, await call.till.cards.setPin({ ...wait(call), pin, newPin })));
  },
};

export const cardUnblockPin: Verb = {
  name: 'card unblock-pin',
  usage: '[--intention UUID] [--timeout SECONDS]',
  summary: {
    fr: 'rend ses essais au code du porteur, la carte présente',
    en: 'gives the cardholder’s PIN its tries back, with the card there',
  },
  actsAs: 'manager',
  async run(call) {
    return worked(await last(call, await call.till.cards.unblockPin(wait(call))));
  },
};

function worked(event: CardWorkEvent): Outcome {
  if (event.stage !== 'done') throw new Error('a PIN was neither set nor refused');
  return done({ cardNumber: event.cardNumber }, formatCardNumber(event.cardNumber));
}
