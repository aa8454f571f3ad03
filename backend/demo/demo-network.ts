import { z } from 'zod';
import { CardNumber } from '#contract/journal/kinds/shapes.ts';
import { Programme } from '#contract/loyalty/programme.ts';
import { ShopSettings } from '#contract/loyalty/shop-settings.ts';
import { CurrencyCode, Language } from '#contract/money/index.ts';
import { StaffMember } from '#contract/till/state.ts';
import text from '#resources/demo/network.json' with { type: 'json' };

const Shop = z.strictObject({
  number: z.int().min(1).max(65_535),
  name: z.string(),
  address: z.string(),
  currency: CurrencyCode,
  ticketLanguage: Language,
  timeZone: z.string(),
  /** One enrolment code is made for each, at every start. */
  tills: z.array(z.string()),
  /** Small mistakes are mended by the cashier alone. */
  settings: ShopSettings.optional(),
  programme: Programme,
  staff: z.array(StaffMember),
});
export type DemoShop = z.infer<typeof Shop>;

/** The demonstration's network, as data: its people are invented. */
export const demoNetwork = z
  .strictObject({
    network: z.strictObject({ id: z.int(), name: z.string() }),
    blockedCards: z.array(CardNumber),
    /** Cards that are about, those of the counter's tray, and the shops that gave them out. */
    cards: z.array(z.strictObject({ number: CardNumber, shop: z.int() })),
    /** Runs of numbers for blank cards, each assigned to a shop. */
    lots: z.array(z.strictObject({ shop: z.int(), firstData: z.int().min(0), count: z.int().min(1).max(100_000) })),
    shops: z.array(Shop),
  })
  .parse(text);
