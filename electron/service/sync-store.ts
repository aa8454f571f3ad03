import { z } from 'zod';
import { badgeHashPurpose, pinHashPurpose } from './counter/who.ts';
import type { TerminalKeys } from './keys/index.ts';
import type { FeedChange, Settings, Store } from './store/index.ts';
import { type EnrolmentShelf, outboxOf, type SyncStore } from './sync/index.ts';

const Contact = z.object({ spentMs: z.int(), wallMs: z.int() });

/** The till's store as sync needs it. The hashes of PINs and badges are sealed here, before they touch the disk (invariant 20). */
export function syncStoreOn(store: Store, keys: Pick<TerminalKeys, 'seal'>): SyncStore {
  const { reader, feed, settings } = store;
  return {
    outbox: () => outboxOf(reader.unsent()),
    unsent: (limit) => reader.entriesAfter(reader.acknowledged()?.head ?? null, limit),
    hashAt: (epoch, seq) => reader.entry(epoch, seq)?.hash ?? null,
    acknowledged: () => reader.acknowledged(),
    acknowledge: (head) => store.acknowledge(head),
    feedCursor: () => feed.cursor(),
    applyFeed(items, cursor) {
      const changes = items.map((item): FeedChange => {
        if (item.item !== 'staff') return item;
        const { pinHash, badgeHash, ...member } = item;
        const sealed = (hash: string, purpose: string) => Buffer.from(keys.seal(Buffer.from(hash), purpose));
        return {
          ...member,
          sealedPinHash: sealed(pinHash, pinHashPurpose),
          sealedBadgeHash: badgeHash ? sealed(badgeHash, badgeHashPurpose) : null,
        };
      });
      return feed.apply(changes, cursor);
    },
    ticketsByEmail: () => settings.get('tickets-by-email') === true,
    keepTicketsByEmail: (can) => settings.set('tickets-by-email', can),
    contact() {
      const kept = Contact.safeParse(settings.get('contact'));
      return kept.success ? kept.data : null;
    },
    keepContact: ({ spentMs, wallMs }) => settings.set('contact', { spentMs, wallMs }),
  };
}

/** The sealed enrolment, to be read alone. */
export const enrolmentIn = (settings: Pick<Settings, 'get'>): Pick<EnrolmentShelf, 'load'> => ({
  load() {
    const kept = settings.get('enrolment');
    return typeof kept === 'string' ? kept : null;
  },
});

/** Where the sealed enrolment lies. */
export const enrolmentShelfOn = ({ settings }: Store): EnrolmentShelf => ({
  ...enrolmentIn(settings),
  save: (sealed) => settings.set('enrolment', sealed),
});
