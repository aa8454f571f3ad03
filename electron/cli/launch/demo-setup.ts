import { z } from 'zod';
import { DemoSetup } from '#contract/till/demo-setup.ts';
import { StaffMember } from '#contract/till/state.ts';

const Secret = z.string().regex(/^[0-9a-f]{32}$/);

/** The ready line of a central server that was started with `--seed demo`. */
const SeededServer = z.object({
  url: z.string(),
  seed: z.object({
    staff: z.array(StaffMember.extend({ pin: z.string(), shop: z.int() })),
    enrolmentCodes: z.array(z.object({ shop: z.int(), label: z.string(), code: z.string() })).min(1),
    cards: z.object({
      networkId: z.int(),
      network: DemoSetup.shape.cards.shape.network,
      shops: z.array(z.object({ number: z.int(), keys: z.tuple([Secret, Secret, Secret, Secret]) })),
    }),
  }),
});

/** What the resident service of the demonstration's first shop needs of what the server said. */
export function demoSetupOf(ready: unknown): DemoSetup {
  const { url, seed } = SeededServer.parse(ready);
  const [till, ...others] = seed.enrolmentCodes;
  const shop = seed.cards.shops.find(({ number }) => number === till?.shop);
  if (!till || !shop) throw new Error('the demonstration has no shop');
  return {
    centralUrl: url,
    officeUrl: `${url}/office/`,
    enrolmentCode: till.code,
    sampleEnrolmentCode: others[0]?.code ?? null,
    staff: seed.staff
      .filter((member) => member.shop === till.shop)
      .map(({ code, name, role, pin }) => ({ code, name, role, pin })),
    cards: { networkId: seed.cards.networkId, network: seed.cards.network, shop },
  };
}
