import type { CardRecord } from '#contract/loyalty/card-record.ts';
import { Desfire } from '#native/cards/desfire.ts';
import { shopApplication } from '#native/cards/layout.ts';
import { openShopApplication, readUid } from '#native/cards/loyalty-card.ts';
import type { CardReader } from '#native/cards/transport.ts';
import { createPcscReader } from '#native/pcsc/reader.ts';
import { makeLoyaltyCard } from '#native/simulators/card-maker.ts';
import { contactless } from '#native/simulators/contactless.ts';
import { type TearMoment, VirtualDesfire } from '#native/simulators/desfire/virtual-desfire.ts';
import { predictableBytes } from '#native/simulators/predictable-bytes.ts';
import { connectVirtualCard, type VirtualCard } from '#native/simulators/vpcd.ts';
import type { PcscNamespace, PcscScenario } from '#test/harness/pcscd.ts';
import { realClock } from '#test/harness/real-clock.ts';

// The loyalty card's sale on a real pcscd; loyalty-card.test.ts asserts on what is reported.

const UID = Uint8Array.of(0x04, 0xa1, 0xb2, 0xc3, 0xd4, 0xe5, 0xf6);
const NETWORK_ID = 7;
const master = (fill: number) => new Uint8Array(16).fill(fill);
const network = { piccMasterKey: master(1), defaultMasterKey: master(2), networkMasterKey: master(3) };
const masterKeys = [master(10), master(11), master(12), master(13)] as const;
const shop = { aid: shopApplication(1), readWriteMasterKey: masterKeys[1] };
const randomBytes = predictableBytes();

const issued: CardRecord = {
  operation: 'issue',
  counter: 0,
  balancePoints: 0,
  deltaPoints: 0,
  totalSpendMinor: 0,
  timeSeconds: 1_767_225_600,
  cardData: 4_172_093,
  intentionTag: '0000000000000001',
};
const earned: CardRecord = { ...issued, operation: 'earn', counter: 1, balancePoints: 12, deltaPoints: 12 };

const customersCard = () =>
  makeLoyaltyCard({
    uid: UID,
    randomBytes,
    network,
    record: { networkId: NETWORK_ID, cardData: issued.cardData },
    shops: [{ aid: shop.aid, masterKeys, firstRecord: issued }],
  });

/** Lays a card on the virtual reader, waits for it, and gives it to `use`. */
const onReader = async <T>(
  reader: CardReader,
  card: VirtualCard,
  atr: Uint8Array,
  use: (driver: Desfire) => Promise<T>,
) => {
  const laid = await connectVirtualCard({ port: 35963, atr, card });
  if (!laid.ok) throw new Error(laid.error.detail);
  const { presence } = reader.state();
  const seen = await reader.waitForCard({ timeoutMs: 10_000, afterPresence: presence });
  if (!seen.ok) throw new Error(seen.error.type);
  const lent = await reader.withCard((transport) => use(new Desfire(transport, randomBytes)));
  await laid.value.remove();
  return lent.ok ? lent.value : lent.error.type;
};

/** A whole sale; says what came of it, and in how many exchanges. */
const sell = async (driver: Desfire) => {
  const uid = await readUid(driver);
  if (!uid.ok) return { outcome: uid.error.type };
  const session = await openShopApplication(driver, { uid: uid.value, networkId: NETWORK_ID, shop });
  if (!session.ok) return { outcome: session.error.type };
  const last = await session.value.readLast();
  if (!last.ok) return { outcome: last.error.type };
  const written = await session.value.write(earned);
  if (!written.ok) return { outcome: written.error.type };
  const committed = await session.value.commit();
  return { outcome: committed.ok ? 'sold' : committed.error.type, exchanges: driver.exchanges };
};

const newest = async (driver: Desfire) => {
  const session = await openShopApplication(driver, { uid: UID, networkId: NETWORK_ID, shop });
  const last = session.ok ? await session.value.readLast() : session;
  return last.ok ? last.value?.operation : last.error.type;
};

const torn = async ({ report }: PcscNamespace, moment: TearMoment) => {
  const reader = createPcscReader({ clock: realClock });
  const card = await customersCard();
  card.tear(moment);
  const sale = await onReader(reader, contactless(card), card.atr, sell);
  report({ sale, newest: await onReader(reader, contactless(card), card.atr, newest) });
  await reader.close();
};

const scenarios: Record<string, (inside: PcscNamespace) => Promise<void>> = {
  async 'contactless sale'({ report }) {
    const reader = createPcscReader({ clock: realClock });
    const card = await customersCard();
    const sale = await onReader(reader, contactless(card), card.atr, sell);
    report({ sale, newest: await onReader(reader, contactless(card), card.atr, newest) });
    await reader.close();
  },

  async 'contact sale'({ report }) {
    const reader = createPcscReader({ clock: realClock });
    const card = await customersCard();
    report({ sale: await onReader(reader, card, card.atr, sell) });
    await reader.close();
  },

  'torn before': (inside) => torn(inside, 'before'),
  'torn after': (inside) => torn(inside, 'after'),

  async 'not ours'({ report }) {
    const reader = createPcscReader({ clock: realClock });
    const blank = new VirtualDesfire({ uid: UID, randomBytes });
    const other: VirtualCard = { process: () => Uint8Array.of(0x6d, 0x00) };
    report({
      blank: await onReader(reader, contactless(blank), blank.atr, sell),
      other: await onReader(reader, other, Uint8Array.of(0x3b, 0x00), sell),
    });
    await reader.close();
  },
};

const play: PcscScenario = async (inside, [name = '']) => {
  const scenario = scenarios[name];
  if (!scenario) throw new Error(`no scenario "${name}"`);
  await scenario(inside);
};
export default play;
