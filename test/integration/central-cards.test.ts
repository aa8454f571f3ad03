import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { factoryCard, newIntention, Pulled, relayCard, type Traffic, uidOf } from '#test/harness/card-relay.ts';
import { type CentralClient, type RunningCentral, refusalOf, startCentral } from '#test/harness/central.ts';
import { CentralTill } from '#test/harness/central-till.ts';

let central: RunningCentral;
let till: CentralTill;
const issue = { do: 'issue', cardNumber: null } as const;

beforeAll(async () => {
  central = await startCentral();
  till = await tillOf(1);
});
afterAll(() => central?.stop());

async function tillOf(shop: number): Promise<CentralTill> {
  const at = central.seed.enrolmentCodes.findIndex((each) => each.shop === shop);
  const [{ code } = { code: '' }] = central.seed.enrolmentCodes.splice(at, 1);
  return CentralTill.enrol(central.url, central.client(), code);
}

describe('a card made through a till', () => {
  it('[T2] [T4] makes a factory blank a numbered card of the shop', async () => {
    const card = factoryCard();
    const traffic: Traffic[] = [];
    const done = await relayCard(till, card, issue, { traffic });
    expect(done).toMatchObject({ changed: true, cardCounter: 0, rulesVersion: 2 });
  });
});
