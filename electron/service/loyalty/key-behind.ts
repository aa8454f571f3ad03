import type { CardTransport } from '#native/cards/transport.ts';
import type { LoyaltyParts } from './parts.ts';

type Told = { intention: string; pin: string | null };

/**
 * What is done at the same tap after an operation under a PIN that was changed on the holder's page: the card's own key follows,
 * so that the card knows the PIN without a link too. Afterwards, because nothing of it can then be taken for the operation itself.
 */
export const followedIf =
  (parts: LoyaltyParts, { intention, pin }: Told, isBehind: () => boolean) =>
  async (transport: CardTransport): Promise<void> => {
    if (pin !== null && isBehind()) await parts.followPin?.(transport, { intention, pin });
  };
