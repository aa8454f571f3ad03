import { join } from 'node:path';
import { type IdSource, uuidV7 } from '#contract/ids/index.ts';
import { trainingNetworkId } from '#contract/loyalty/training.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import { tillError } from '#contract/till/errors.ts';
import type { AccountParts } from './accounts/parts.ts';
import { afterOperation } from './cards/after-operation.ts';
import { joinShop } from './cards/join.ts';
import { KeptMaking } from './cards/kept-making.ts';
import type { CardWorkParts } from './cards/parts.ts';
import { settleMaking } from './cards/settle-making.ts';
import { CardWorks } from './cards/works.ts';
import { createApprove } from './counter/approvals.ts';
import { CounterDay } from './counter/counter-day.ts';
import { verifiedJournal } from './counter/journal-view.ts';
import { lastZOn } from './counter/last-z.ts';
import type { CounterParts } from './counter/parts.ts';
import { settleCounterPrintsAfterRestart } from './counter/print-counter.ts';
import { SignIn } from './counter/sign-in.ts';
import { createSimulatedCounter } from './demo/counter.ts';
import { demoInfo } from './demo/info.ts';
import { changeOver } from './devices/change-over.ts';
import { createChanges } from './devices/changes.ts';
import { Desk } from './devices/desk.ts';
import { rememberedDevices, settingsFor } from './devices/remembered.ts';
import { enrolDemo, enrolOnce, shopAtTill } from './enrolment.ts';
import { fileKeyStore, keysFolderOf, openKeys, type TerminalKeys } from './keys/index.ts';
import { settleAfterRestart } from './loyalty/after-restart.ts';
import type { LoyaltyParts } from './loyalty/parts.ts';
import { Reversals } from './loyalty/reverse.ts';
import { SaleRuns } from './loyalty/sale-run.ts';
import { createTaps } from './loyalty/taps.ts';
import { markTickets } from './loyalty/ticket-marks.ts';
import { deviceOpeners } from './openers.ts';
import { Reprints } from './reprints.ts';
import type { Service } from './service.ts';
import { openStore, type Store, standingOf, takeUp } from './store/index.ts';
import { createSync, loadEnrolment, type Sync } from './sync/index.ts';
import { enrolmentShelfOn, syncStoreOn } from './sync-store.ts';
import { createTerminalJournal } from './terminal-journal.ts';
import { type StateParts, statusReport, tillState } from './till-state.ts';
import type { Likeness } from './training/install.ts';
import { StandIn } from './training/stand-in/stand-in.ts';
import { TrainingTill } from './training/training-till.ts';
import type { ComposeError, World } from './world.ts';

type Sign = NonNullable<World['training']>['sign'];

/** A customer stands there: what is not sent by then is asked about all the same. */
const sendFirstMs = 5_000;

export const storePath = (dataDir: string): string => join(dataDir, 'till.db');

/** Wires the resident service. The one place where its parts are made. */
export async function composeService(world: World): Promise<Result<Service, ComposeError>> {
  const opened = openStore({ path: storePath(world.dataDir), pid: world.pid });
  if (!opened.ok) return opened;
  const store = opened.value;
  const keyStore = world.keyStore ?? fileKeyStore(keysFolderOf(world.dataDir));
  const keys = await openKeys({ dataDir: world.dataDir, keyStore, randomBytes: world.randomBytes });
  if (!keys.ok) {
    store.close();
    return err({ type: 'KeysUnreadable', cause: keys.error.type });
  }
  const composed = await wire(world, store, keys.value);
  if (!composed.ok) store.close();
  return composed;
}

async function wire(world: World, store: Store, keys: TerminalKeys): Promise<Result<Service, ComposeError>> {
  const { clock, randomBytes, log } = world;
  const changes = createChanges();
  const ids: IdSource = { uuid: () => uuidV7(clock.wallMs(), randomBytes(10)) };
  const onDefect = (defect: unknown) =>
    log('error', 'defect', {
      message: defect instanceof Error ? (defect.stack ?? defect.message).slice(0, 1_000) : 'unknown',
    });
  const lastZ = lastZOn(store.settings);
  const shelf = enrolmentShelfOn(store);
  const kept = loadEnrolment(keys, shelf);
  if (!kept.ok) return err({ type: 'KeysUnreadable', cause: kept.error.type });
  // Also where somebody starts a service on a training till's own folder: nothing that is written there ever counts.
  const isTraining = world.training !== undefined || kept.value?.enrolment.network.id === trainingNetworkId;
  const syncStore = syncStoreOn(store, keys);
  const sync = createSync({
    clock,
    ...(world.elapsedMs ? { elapsedMs: world.elapsedMs } : {}),
    fetch: world.fetch,
    randomBytes,
    random: () => (randomBytes(1)[0] ?? 0) / 256,
    keys,
    store: syncStore,
    shelf,
    // A demonstration's server may have had to take another port than last time.
    kept: kept.value && { ...kept.value, centralUrl: world.demo?.centralUrl ?? kept.value.centralUrl },
    goOn(known) {
      log('warn', 'journal.restored', known);
      lastZ.keep(known.lastZ);
      const gone = journal.goOn(known.usedEpoch);
      takeUpHere();
      return gone;
    },
    onDefect,
  });
  const standIn = world.training ? standInFor(world, store, keys, ids, sync, world.training.sign) : null;
  const central = standIn ? () => standIn.reached() : sync.cards;
  const wake = () => {
    standIn?.hear();
    sync.engine.wake();
    changes.tell();
  };
  const journal = createTerminalJournal({ store, keys, clock, ids, onAppend: wake });
  const enrolled = sync.enrolment() ?? (await enrolDemo(sync, world.demo, log));
  const standing = standingOf(store.path, store.settings);
  lastZ.keep(standing.lastZ);
  if (enrolled) journal.begin(enrolled, standing);
  standIn?.hear();
  const takeUpHere = () => {
    const usedEpoch = Math.max(standing.usedEpoch, store.reader.head()?.epoch ?? 0);
    takeUp(store.path, store.settings, { usedEpoch, lastZ: lastZ.known(), token: ids.uuid() });
  };
  takeUpHere();
  const simulated = world.demo
    ? createSimulatedCounter({ setup: world.demo, dataDir: world.dataDir, clock, randomBytes })
    : null;
  const openers = deviceOpeners({ clock, simulated, currency: () => sync.enrolment()?.currency ?? 'XOF' });
  const desk = await Desk.open(openers, rememberedDevices(store, simulated !== null), clock, ids.uuid);
  const signIn = new SignIn({ feed: store.feed, tries: store.tries, journal, keys, clock });
  const approve = createApprove(signIn.who, () => store.feed.settings());
  const loyalty: LoyaltyParts = {
    journal,
    reader: store.reader,
    feed: store.feed,
    clock,
    rulesMs: () => sync.serverClock.nowMs(),
    ids,
    randomBytes,
    timeZone: world.timeZone,
    shop: () => shopAtTill(sync.enrolment(), store.feed.programme()),
    cards: desk.reader,
    taps: createTaps(desk.reader),
    log,
    onDefect,
    print: (ticket) => desk.printer.print(ticket),
    mark: markTickets(sync.ticketProof, keys.sign, isTraining),
    ticketsByEmail: sync.ticketsByEmail,
    approve,
    central,
    hotListAtMs: () => syncStore.contact()?.wallMs ?? null,
    joinShop: (transport, acting) => joinShop(cardWork, transport, acting),
    afterOperation: (card, follow) => afterOperation(cardWork, card, follow),
  };
  const cardWork: CardWorkParts = { ...loyalty, central, making: new KeptMaking(store.settings) };
  const sales: SaleRuns = new SaleRuns(() => cardWorks.underWay);
  const cardWorks = new CardWorks(() => sales.underWay, onDefect);
  const stateParts: StateParts = {
    loyalty,
    desk,
    sync,
    link: () => standIn?.link() ?? sync.engine.state(),
    keys,
    startFaults: store.startFaults,
    demo: simulated !== null,
    training: isTraining,
    version: world.version,
  };
  const counter: CounterParts = { ...loyalty, training: isTraining, lastZ: lastZ.known };
  const accounts: AccountParts = {
    ...loyalty,
    ...counter,
    central,
    works: cardWorks,
    sendFirst: async () => void (await sync.engine.syncNow({ waitMs: sendFirstMs })),
  };
  if (enrolled) {
    settleAfterRestart(loyalty);
    settleCounterPrintsAfterRestart(counter);
  }
  const settleCards = () => {
    if (cardWork.making.unasked && central()) void settleMaking(cardWork).catch(onDefect);
  };
  const unsubscribes = [
    desk.changes.subscribe(changes.tell),
    sync.engine.subscribe(changes.tell),
    sync.engine.subscribe(settleCards),
  ];
  if (!isTraining) sync.engine.start();
  const training = new TrainingTill(world, () => likenessOf(world, store, keys, sync), composeService);
  return ok({
    loyalty,
    sales,
    cardWork,
    cardWorks,
    accounts,
    reprints: new Reprints(),
    reversals: new Reversals(),
    signIn,
    approve,
    day: new CounterDay(counter),
    desk,
    sync,
    training,
    simulated,
    subscribe: changes.subscribe,
    state: () => tillState(stateParts),
    status: () => statusReport(stateParts),
    verifyJournal: () => verifiedJournal(store.path, sync.enrolment()?.serverPublicKey ?? null),
    async useDevices(devices) {
      if (devices === 'simulated' && !simulated) return err(tillError('NotSimulated'));
      if (devices === 'real' && isTraining) return err(tillError('NotInTraining'));
      return changeOver(desk, settingsFor(store, devices));
    },
    async enrol(asked) {
      const made = await enrolOnce(sync, asked);
      if (!made.ok) return made;
      journal.begin(made.value, standing);
      changes.tell();
      return ok({ terminal: made.value.terminal, tenant: made.value.tenant, roles: made.value.roles });
    },
    demoInfo: () => demoInfo(world.demo, simulated),
    setLinkCut(cut) {
      if (!standIn) return sync.setLinkCut(cut);
      standIn.setCut(cut);
      changes.tell();
    },
    shiftClock(byMs) {
      clock.shift(byMs);
      changes.tell();
    },
    async close() {
      for (const unsubscribe of unsubscribes) unsubscribe();
      await training.close();
      await sync.engine.stop();
      await desk.close();
      store.close();
    },
  });
}

/** A training till's own server, in this process. Only a training till has one, and its devices are always simulated. */
function standInFor(world: World, store: Store, keys: TerminalKeys, ids: IdSource, sync: Sync, sign: Sign): StandIn {
  const { demo: setup, clock, randomBytes, timeZone } = world;
  if (!setup) throw new Error('a training till without its simulated cards');
  return new StandIn({ setup, store, keys, clock, ids, randomBytes, timeZone, enrolment: sync.enrolment, sign });
}

/** What a training till is made in the likeness of; null until there is a till to be like, and in training itself. */
function likenessOf({ training, demo }: World, { feed }: Store, keys: TerminalKeys, sync: Sync): Likeness | null {
  const enrolment = sync.enrolment();
  if (training || !enrolment || !feed.programme()) return null;
  return { enrolment, feed, keys, staff: demo?.staff ?? [] };
}
