import { implement } from '@orpc/server';
import { tillContract } from '#contract/till/index.ts';
import { blockCard, findCard } from '../loyalty/block-card.ts';
import { replaceCard } from '../loyalty/replace-card.ts';
import type { Service } from '../service.ts';
import { allowed } from './acting.ts';
import type { DoorContext } from './context.ts';
import { accepted } from './refusing.ts';

const os = implement(tillContract).$context<DoorContext>();

/** Cards by their number: looked up, blocked, replaced, merged. None of it needs the card. */
export function cardNumberRoutes(service: Service) {
  const { loyalty } = service;
  return {
    find: os.cards.find.handler(async ({ input, errors }) =>
      accepted(await findCard(loyalty, input.cardNumber), errors),
    ),
    block: os.cards.block.handler(async ({ input, context, errors }) => {
      const { approval, ...asked } = input;
      const { who, approvedBy } = await allowed(service, context, errors, 'block', approval);
      return accepted(blockCard(loyalty, who, asked, approvedBy), errors);
    }),
    replace: os.cards.replace.handler(async ({ input, context, errors }) => {
      const { approval, ...asked } = input;
      const { who, approvedBy } = await allowed(service, context, errors, 'replace', approval);
      return accepted(await replaceCard(loyalty, who, asked, approvedBy), errors);
    }),
  };
}
