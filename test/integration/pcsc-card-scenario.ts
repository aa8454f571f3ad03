import { randomBytes } from 'node:crypto';
import type { CardRecord } from '#contract/loyalty/card-record.ts';
import { Desfire } from '#native/cards/desfire.ts';
import { shopApplication } from '#native/cards/layout.ts';
import { openShopApplication, readUid } from '#native/cards/loyalty-card.ts';
import type { CardTransport } from '#native/cards/transport.ts';
import { createPcscReader } from '#native/pcsc/reader.ts';
import { makeLoyaltyCard } from '#native/simulators/card-maker.ts';
import { contactless } from '#native/simulators/contactless.ts';
import { connectVirtualCard } from '#native/simulators/vpcd.ts';
import type { PcscScenario } from '#test/harness/pcscd.ts';
import { realClock } from '#test/harness/real-clock.ts';

// A loyalty card behind a real pcscd: our driver, our reader, the system's service, vsmartcard's reader, the virtual card.

const NETWORK_ID = 7;
const CARD_DATA = 4_172_093;
const key = (fill: number) => new Uint8Array(16).fill(fill);
const random = (length: number) => new Uint8Array(randomBytes(length));
const masterKeys = [key(10), key(11), key(12), key(13)] as const;
const issued: CardRecord = {
  operation: 'issue',
  counter: 0,
  balancePoints: 0,
  deltaPoints: 0,
  totalSpendMinor: 0,
  timeSeconds: 1_767_225_600,
  cardData: CARD_DATA,
  intentionTag: '0000000000000001',
};

function must<T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T {
  if (result.ok) return result.value;
  throw new Error(JSON.stringify(result.error));
}

/** Adds 12 points: the whole walk of a sale on the card. */
async function addPoints(transport: CardTransport) {
  const driver = new Desfire(transport, random);
  const uid = must(await readUid(driver));
  const shop = { aid: shopApplication(1), readWriteMasterKey: masterKeys[1] };
  const session = must(await openShopApplication(driver, { uid, networkId: NETWORK_ID, shop }));
  const last = must(await session.readLast()) ?? issued;
  const next = { ...last, operation: 'earn', counter: last.counter + 1, deltaPoints: 12 } as const;
  must(await session.write({ ...next, balancePoints: last.balancePoints + 12 }));
  must(await session.commit());
  return { before: last.balancePoints, exchanges: session.exchanges };
}

const scenario: PcscScenario = async ({ ports, report }) => {
  const card = await makeLoyaltyCard({
    uid: Uint8Array.of(0x04, 0xa1, 0xb2, 0xc3, 0xd4, 0xe5, 0xf6),
    randomBytes: random,
    network: { piccMasterKey: key(1), defaultMasterKey: key(2), networkMasterKey: key(3) },
    record: { networkId: NETWORK_ID, cardData: CARD_DATA },
    shops: [{ aid: shopApplication(1), masterKeys, firstRecord: issued }],
  });
  must(await connectVirtualCard({ port: ports[0], atr: card.atr, card: contactless(card) }));
  const reader = createPcscReader({ clock: realClock });
  must(await reader.waitForCard({ timeoutMs: 5_000 }));
  report({ sales: [must(await reader.withCard(addPoints)), must(await reader.withCard(addPoints))] });
  await reader.close();
};
export default scenario;
