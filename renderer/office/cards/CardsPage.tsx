import type { PageProps } from '../page.ts';
import { CardList } from './CardList.tsx';
import { CustomerFilePage } from './CustomerFilePage.tsx';
import { OneCard } from './OneCard.tsx';

export const cardsPageId = 'cards';

/** The cards that the shop has seen: the list, one of them (`#/cards/NUMBER`), or the file of who holds them (`#/cards/file`). */
export function CardsPage({ session, rest }: PageProps) {
  const [cardNumber] = rest;
  const mayWrite = session.role !== 'auditor';
  if (cardNumber === 'file') return <CustomerFilePage mayWrite={mayWrite} />;
  return cardNumber === undefined ? (
    <CardList />
  ) : (
    <OneCard key={cardNumber} cardNumber={cardNumber.replace(/\D/g, '')} mayWrite={mayWrite} />
  );
}
