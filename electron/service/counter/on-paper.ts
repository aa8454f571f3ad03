import type { ShopAtTill } from '../loyalty/parts.ts';
import type { CounterParts } from './parts.ts';

/**
 * What a paper of the counter is called: `2-Z214`, or by the entry it belongs to, `2-X18447`. A restored till says its epoch
 * too, so that no number comes twice.
 */
export function counterTicketNumber(
  { reader }: Pick<CounterParts, 'reader'>,
  shop: ShopAtTill,
  letter: 'X' | 'Z' | 'D' | 'C' | 'P',
  number?: number,
): string {
  const head = reader.head();
  const epoch = head && head.epoch > 1 ? `.${head.epoch}` : '';
  return `${shop.ticketPrefix}${epoch}-${letter}${number ?? (head?.seq ?? 0) + 1}`;
}

/** `Awa Koné` signs as `Awa K.` on paper. */
export function staffName({ feed }: Pick<CounterParts, 'feed'>, code: string | null): string {
  const name = (code && feed.staffMember(code)?.name) ?? code ?? '';
  const [first, ...rest] = name.split(' ');
  const last = rest.at(-1);
  return last ? `${first} ${last[0]}.` : name;
}
