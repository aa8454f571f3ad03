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

/** What the resident services of the demonstration's two tills need of what the server said: one till in each shop. */
export function demoSetupsOf(ready: unknown): { first: DemoSetup; second: DemoSetup } {
  const { url, seed } = SeededServer.parse(ready);
  return { first: setupOfShop(url, seed, 0), second: setupOfShop(url, seed, 1) };
}

function setupOfShop(url: string, seed: z.infer<typeof SeededServer>['seed'], index: number): DemoSetup {
  const shop = seed.cards.shops[index];
  const [till, ...others] = seed.enrolmentCodes.filter((code) => code.shop === shop?.number);
  if (!till || !shop) throw new Error(`the demonstration has no shop ${index + 1}`);
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
