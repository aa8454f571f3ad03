import type { PageProps } from '../page.ts';
import { CardList } from './CardList.tsx';
import { OneCard } from './OneCard.tsx';

export const cardsPageId = 'cards';

/** The cards that the shop has seen: the list, or one of them (`#/cards/NUMBER`). */
export function CardsPage({ session, rest }: PageProps) {
  const [cardNumber] = rest;
  return cardNumber === undefined ? (
    <CardList />
  ) : (
    <OneCard key={cardNumber} cardNumber={cardNumber.replace(/\D/g, '')} mayWrite={session.role !== 'auditor'} />
  );
}
