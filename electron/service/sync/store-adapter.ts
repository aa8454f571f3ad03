import { z } from 'zod';
import type { FeedItem } from '#contract/central/index.ts';
import type { TerminalKeys } from '../keys/index.ts';
import type { FeedChange, Settings, Store } from '../store/index.ts';
import type { EnrolmentShelf } from './enrol.ts';
import type { SyncStore } from './store-port.ts';

/** What a staff member's PIN hash is sealed for; `keys.open` wants the same word. */
export const pinHashPurpose = 'pin-hash';
const contactKey = 'sync.contact';
const enrolmentKey = 'sync.enrolment';
const Contact = z.object({ spentMs: z.int(), wallMs: z.int() });

/** The till's store, as sync sees it. PIN hashes of the feed are sealed before they are kept (invariant 20). */
export function syncStoreOf(store: Store, keys: TerminalKeys): SyncStore {
  const { reader, settings, feed } = store;
  const protect = (item: FeedItem): FeedChange => {
    if (item.item !== 'staff') return item;
    const { pinHash, ...member } = item;
    const sealed = keys.seal(new TextEncoder().encode(pinHash), pinHashPurpose);
    return { ...member, sealedPinHash: new TextEncoder().encode(sealed) };
  };
  return {
    outbox() {
      const { count, oldestMs, byKind } = reader.unsent();
      return { unsent: count, oldestUnsentMs: oldestMs, unsentByKind: byKind };
    },
    unsent: (limit) => reader.entriesAfter(reader.acknowledged()?.head ?? null, limit),
    hashAt: (epoch, seq) => reader.entry(epoch, seq)?.hash ?? null,
    acknowledged: () => reader.acknowledged(),
    acknowledge: (head) => store.acknowledge(head),
    feedCursor: () => feed.cursor(),
    applyFeed: (items, cursor) => feed.apply(items.map(protect), cursor),
    contact() {
      const kept = Contact.safeParse(settings.get(contactKey));
      return kept.success ? kept.data : null;
    },
    keepContact: ({ spentMs, wallMs }) => settings.set(contactKey, { spentMs, wallMs }),
  };
}

/** Keeps the sealed enrolment among the settings. */
export function enrolmentShelfOf(settings: Settings): EnrolmentShelf {
  return {
    load() {
      const sealed = settings.get(enrolmentKey);
      return typeof sealed === 'string' ? sealed : null;
    },
    save: (sealed) => settings.set(enrolmentKey, sealed),
  };
}
