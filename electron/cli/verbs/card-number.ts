import { formatCardNumber, parseCardNumber } from '#contract/loyalty/card-number.ts';
import { formatInteger } from '#contract/money/index.ts';
import { tillError } from '#contract/till/errors.ts';
import { approvalOf, approvalOption } from '../approval.ts';
import { done, type Outcome, refused } from '../outcome.ts';
import type { Call, Verb } from '../verb.ts';

const reasons = ['lost', 'stolen', 'damaged', 'other', 'found'] as const;

/** The card numbers among a command's words, as they are stored; or what is wrong with them. */
function numbersOf({ words }: Call, many: number, usage: string): string[] | Outcome {
  if (words.length !== many) return { status: 2, usage };
  const numbers: string[] = [];
  for (const word of words) {
    const number = parseCardNumber(word);
    if (!number.ok) return refused(tillError('CardNumberInvalid', { cardNumber: word.slice(0, 20) }));
    numbers.push(number.value);
  }
  return numbers;
}

export const cardBlock: Verb = {
  name: 'card block',
  usage: `NUMBER [--reason ${reasons.join('|')}] [--unblock] [--approved-by CODE] [--intention UUID]`,
  summary: {
    fr: 'bloque une carte perdue, ou avec --unblock la rend utilisable ; toutes les caisses l’apprennent',
    en: 'blocks a lost card, or with --unblock puts it back in use; every till learns of it',
  },
  options: { reason: { type: 'string' }, unblock: { type: 'boolean' }, ...approvalOption },
  actsAs: 'manager',
  async run(call) {
    const { options } = call;
    const usage = `comptoir card block ${cardBlock.usage}`;
    const numbers = numbersOf(call, 1, usage);
    if (!Array.isArray(numbers)) return numbers;
    const blocked = options.unblock !== true;
    const reason = reasons.find((known) => known === (options.reason ?? (blocked ? 'lost' : 'found')));
    if (!reason) return { status: 2, usage };
    const result = await call.till.cards.block({
      intention: String(options.intention ?? call.uuid()),
      cardNumber: numbers[0]!,
      blocked,
      reason,
      approval: await approvalOf(call),
    });
    const said = { fr: ['utilisable', 'bloquée'], en: ['in use', 'blocked'] }[call.language][blocked ? 1 : 0];
    return done(result, `${formatCardNumber(result.cardNumber)}  ${said}`);
  },
};

const moving = (how: 'replace' | 'merge', summary: Verb['summary']): Verb => ({
  name: `card ${how}`,
  usage: 'FROM TO [--approved-by CODE] [--intention UUID]',
  summary,
  options: approvalOption,
  actsAs: 'manager',
  async run(call) {
    const numbers = numbersOf(call, 2, `comptoir card ${how} FROM TO`);
    if (!Array.isArray(numbers)) return numbers;
    const [fromCard = '', toCard = ''] = numbers;
    const moved = await call.till.cards.replace({
      intention: String(call.options.intention ?? call.uuid()),
      how,
      fromCard,
      toCard,
      approval: await approvalOf(call),
    });
    const points = formatInteger(moved.points, call.language);
    return done(moved, `${formatCardNumber(fromCard)} → ${formatCardNumber(toCard)}  ${points} points`);
  },
});

export const cardReplace = moving('replace', {
  fr: 'passe le solde d’une carte perdue à une autre, et bloque la première',
  en: 'moves a lost card’s balance to another card, and blocks the first',
});

export const cardMerge = moving('merge', {
  fr: 'réunit deux cartes d’un même client sur la seconde, et bloque la première',
  en: 'puts two cards of one customer together on the second, and blocks the first',
});
