import type { Enrolment } from '#contract/central/index.ts';
import { trainingNetworkId, trainingTicketPrefix } from '#contract/loyalty/training.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import type { DemoSetup } from '#contract/till/demo-setup.ts';
import { badgeHashPurpose, pinHashPurpose } from '../counter/who.ts';
import { blockedTrayCard } from '../demo/tray-cards.ts';
import type { TerminalKeys } from '../keys/index.ts';
import type { FeedChange, FeedStore, StaffRecord, Store } from '../store/index.ts';
import { enrolmentShelfOn } from '../sync-store.ts';
import { standInKey, type TrainingSecrets } from './secrets.ts';

/** Where a training till thinks its server is: nowhere, and it never asks. */
const nowhere = 'http://127.0.0.1:9';

/** The live till, as far as a training till is made in its likeness. */
export type Likeness = {
  enrolment: Enrolment;
  feed: FeedStore;
  keys: Pick<TerminalKeys, 'open'>;
  /** PINs that a demonstration shows anyway. */
  staff: DemoSetup['staff'];
};

/** Enrols the training till by itself, in the likeness of the live one: its shop and currency, but names and card keys of its own. */
export function installTraining(
  store: Store,
  keys: TerminalKeys,
  secrets: TrainingSecrets,
  live: Likeness,
): Result<void, { type: string }> {
  const kept = {
    centralUrl: nowhere,
    publicKey: keys.publicKeySpkiBase64,
    enrolment: trainingEnrolment(secrets, live.enrolment),
  };
  const saved = enrolmentShelfOn(store).save(keys.seal(Buffer.from(JSON.stringify(kept)), 'enrolment'));
  if (!saved.ok) return saved;
  const copied = store.feed.apply(feedOf(store.feed, keys, live), store.feed.cursor() + 1);
  return copied.ok ? ok(undefined) : err(copied.error);
}

function trainingEnrolment(secrets: TrainingSecrets, live: Enrolment): Enrolment {
  const [, readWrite, spend, read] = secrets.keys;
  const { ticketCertificate: _, ...like } = live;
  return {
    ...like,
    terminal: secrets.terminal,
    tenant: secrets.tenant,
    ticketPrefix: trainingTicketPrefix + live.ticketPrefix,
    shop: { ...live.shop, id: secrets.shop },
    network: { id: trainingNetworkId, name: live.network.name },
    cardKeys: { readWrite, spend, read },
    serverPublicKey: standInKey(secrets).publicKey,
  };
}

/** Programme, settings and people as they are now; who has left in the meantime leaves here too. */
function feedOf(own: FeedStore, keys: TerminalKeys, { feed, keys: liveKeys }: Likeness): FeedChange[] {
  const programme = feed.programme();
  const staff = feed.staff();
  const gone = own.staff().filter(({ code }) => !staff.some((member) => member.code === code));
  const resealed = (sealed: Uint8Array, purpose: string): Uint8Array => {
    const opened = liveKeys.open(Buffer.from(sealed).toString(), purpose);
    // A hash that cannot be read opens nothing there either.
    return Buffer.from(keys.seal(opened.ok ? opened.value : new Uint8Array(), purpose));
  };
  const member = (record: StaffRecord): FeedChange => ({
    item: 'staff',
    ...record,
    sealedPinHash: resealed(record.sealedPinHash, pinHashPurpose),
    sealedBadgeHash: record.sealedBadgeHash ? resealed(record.sealedBadgeHash, badgeHashPurpose) : null,
  });
  return [
    ...(programme ? [{ item: 'programme' as const, programme }] : []),
    { item: 'settings', settings: feed.settings() },
    { item: 'blocked-card', cardNumber: blockedTrayCard, blocked: true },
    ...staff.map(member),
    ...gone.map((record): FeedChange => ({ item: 'staff', ...record, active: false })),
  ];
}

/** The simulated devices of a training till: a tray of cards of its own network. */
export const trainingSetup = (secrets: TrainingSecrets, { enrolment, staff }: Likeness): DemoSetup => ({
  centralUrl: nowhere,
  officeUrl: '',
  enrolmentCode: '',
  freshBlanks: true,
  sampleEnrolmentCode: null,
  staff,
  cards: {
    networkId: trainingNetworkId,
    network: secrets.network,
    shop: { number: enrolment.shop.number, keys: secrets.keys },
  },
});
