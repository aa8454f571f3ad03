import type { PageProps } from '../page.ts';
import { IssuedView } from './IssuedView.tsx';
import { LotsView } from './LotsView.tsx';

/** Cards as goods: lots and their stock (`#/stock`), and which card was issued where (`#/stock/issued`). */
export function StockPage({ session, rest }: PageProps) {
  return rest[0] === 'issued' ? (
    <IssuedView network={session.role === 'network-admin'} />
  ) : (
    <LotsView mayOrder={session.role !== 'auditor'} />
  );
}
