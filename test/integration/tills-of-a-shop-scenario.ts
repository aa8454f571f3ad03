import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { contactless } from '#native/simulators/contactless.ts';
import { type TearMoment, VirtualDesfire } from '#native/simulators/desfire/virtual-desfire.ts';
import { connectVirtualCard } from '#native/simulators/vpcd.ts';
import { CentralProcess } from '#test/harness/central-process.ts';
import { CuttableLink } from '#test/harness/cuttable-link.ts';
import { type Ran, why } from '#test/harness/demo.ts';
import type { PcscScenario } from '#test/harness/pcscd.ts';
import { TillProcess } from '#test/harness/till-process.ts';

// Two tills of a shop at two readers, a till of another shop beside the second, and one server: all of them processes.

const card = new VirtualDesfire({
  uid: Uint8Array.of(4, 0x77, 0, 0, 0, 0, 1),
  randomBytes: (length) => new Uint8Array(randomBytes(length)),
});

type Report = (line: Record<string, unknown>) => void;
/** A till at its reader, and its own way to the server. */
type Counter = { till: TillProcess; link: CuttableLink; port: number };
type Shop = { central: CentralProcess; first: Counter; second: Counter; elsewhere: Counter; report: Report };

const scenario: PcscScenario = async ({ ports, report }) => {
  const central = new CentralProcess();
  const opened: Counter[] = [];
  const open = async (shop: number, slot: 0 | 1): Promise<Counter> => {
    const counter = await openCounter(central, shop, { slot, port: ports[slot] });
    opened.push(counter);
    return counter;
  };
  try {
    await central.start();
    const [first, second, elsewhere] = [await open(1, 0), await open(1, 1), await open(2, 1)];
    const shop = { central, first, second, elsewhere, report };
    await at(first, () => first.till.done('card', 'issue'));
    await at(first, () => first.till.done('sale', '--amount', '100000'));
    for (const moment of ['before', 'after'] as const) await tornWithALink(shop, 'spending', moment, spend);
    for (const moment of ['before', 'after'] as const) await tornWithALink(shop, 'sale', moment, sale);
    for (const moment of ['before', 'after'] as const) await tornWithoutALink(shop, moment);
    await settledElsewhere(shop, 'first visit, spending', 'before', spend);
    await seenElsewhereCutOff(shop);
    for (const moment of ['before', 'after'] as const) await settledElsewhere(shop, 'spending', moment, spend);
    for (const moment of ['before', 'after'] as const) await settledElsewhere(shop, 'sale', moment, sale);
    await verified(shop);
  } finally {
    for (const { till, link } of opened) {
      await till.remove();
      link.close();
    }
    await central.remove();
  }
};
export default scenario;

async function openCounter(
  central: CentralProcess,
  shop: number,
  { slot, port }: { slot: number; port: number },
): Promise<Counter> {
  const till = new TillProcess(central.staffOf(shop, 'cashier'));
  const link = await CuttableLink.to(central.url);
  await till.start();
  await till.done('enrol', '--central', link.url, '--code', central.takeCode(shop));
  await till.done('device', 'set', 'reader', `pcsc:Virtual PCD 00 0${slot}`);
  await synced({ till });
  return { till, link, port };
}

const synced = ({ till }: Pick<Counter, 'till'>) => till.done('sync', '--wait');

/** Lays the card on this till's reader for as long as `act` takes. */
async function at<T>({ till, port }: Counter, act: () => Promise<T>): Promise<T> {
  await till.seesNoCard();
  const laid = await connectVirtualCard({ port, atr: card.atr, card: contactless(card) });
  if (!laid.ok) throw new Error(laid.error.detail);
  try {
    return await act();
  } finally {
    await laid.value.remove();
  }
}

const View = z.object({
  cardNumber: z.string(),
  balances: z.array(z.object({ balance: z.int() })),
  settled: z.array(z.object({ intention: z.string(), outcome: z.string() })),
});
/** What this till finds on the card, and what looking at it settled. */
const look = (counter: Counter) => at(counter, async () => View.parse(await counter.till.done('card', 'show')));

/** A spending whose card is pulled at its commit and stays away. */
async function torn(counter: Counter, moment: TearMoment, words: string[]) {
  card.tear(moment);
  const ran = await at(counter, () => counter.till.comptoir(...words, '--timeout', '2'));
  const told = (ran.json.ok ? ran.json.value : ran.json.error) as { type?: string; intention?: string };
  return { status: ran.status, type: told.type, intention: told.intention, ...(ran.status === 5 ? {} : why(ran)) };
}
const spend = ['spend', '--points', '100'];
const sale = ['sale', '--amount', '2000'];

const Journal = z.object({ entries: z.array(z.object({ kind: z.string(), intention: z.string() })) });
/** The kinds of what stands under this intention in the tills' journals, oldest first. */
async function entriesOf(tills: Counter[], intention: string | undefined): Promise<string[][]> {
  const journals = tills.map(async ({ till }) => Journal.parse(await till.done('journal', 'list', '--limit', '500')));
  return (await Promise.all(journals)).map(({ entries }) =>
    entries
      .filter((entry) => entry.intention === intention)
      .map(({ kind }) => kind)
      .reverse(),
  );
}

const Ledger = z.object({ balance: z.int(), openCases: z.int(), pending: z.array(z.unknown()) });
const Operations = z.object({ rows: z.array(z.object({ intention: z.string(), outcome: z.string().nullable() })) });
/** The card in the server's own account of this shop, the card as a till has just seen it, and one operation in both. */
async function standing(central: CentralProcess, seen: z.infer<typeof View>, intention: string | undefined) {
  const headers = { authorization: `Bearer ${await central.signIn()}` };
  const card = `${central.url}/v1/office/cards/${seen.cardNumber}`;
  const read = async (url: string) => (await fetch(url, { headers })).json();
  const { balance, pending, openCases } = Ledger.parse(await read(card));
  const { rows } = Operations.parse(await read(`${card}/operations`));
  const inLedger = rows.filter((operation) => operation.intention === intention).map(({ outcome }) => outcome);
  return { difference: seen.balances[0]!.balance - balance, pending, openCases, inLedger };
}

/** What the card has lost since, as the first till sees it, and what both sides say of this operation. */
async function ended(shop: Shop, before: number, intention: string | undefined) {
  const { central, first, second } = shop;
  for (const counter of [second, first]) await synced(counter);
  const seen = await look(first);
  await synced(first);
  return {
    settledBack: seen.settled,
    taken: before - seen.balances[0]!.balance,
    entries: await entriesOf([first, second], intention),
    ...(await standing(central, seen, intention)),
  };
}

const balanceAt = async (counter: Counter) => (await look(counter)).balances[0]!.balance;

/** The first till's write is settled by the second, which hears of it from the server. */
async function tornWithALink(shop: Shop, what: string, moment: TearMoment, words: string[]): Promise<void> {
  const { first, second, report } = shop;
  const before = await balanceAt(first);
  const ran = await torn(first, moment, words);
  for (const counter of [first, second]) await synced(counter);
  const { settled } = await look(second);
  report({ step: `${what} torn ${moment}`, ...ran, settled, ...(await ended(shop, before, ran.intention)) });
}

/** The first till is cut off when it happens: the second knows nothing, sells to the card, and hears of it afterwards. */
async function tornWithoutALink(shop: Shop, moment: TearMoment): Promise<void> {
  const { first, second, report } = shop;
  const before = await balanceAt(first);
  first.link.cut();
  const ran = await torn(first, moment, spend);
  const unsent = (await first.till.done('status')).unsent;
  const sold = await at(second, () => second.till.done('sale', '--amount', '1000'));
  const meanwhile = { balance: Number(sold.balance) - before, earned: sold.points, unsent };
  await synced(second);
  first.link.mend();
  for (const counter of [first, second]) await synced(counter);
  const { settled } = await look(second);
  report({
    step: `cut off, torn ${moment}`,
    ...ran,
    meanwhile,
    settled,
    ...(await ended(shop, before, ran.intention)),
  });
}

/** A till of another shop, without a link, sells to the card while a write is open on it: it has heard of that, and can do nothing. */
async function seenElsewhereCutOff(shop: Shop): Promise<void> {
  const { second, elsewhere, report } = shop;
  const met = await tornThenElsewhere(shop, 'before', sale, () => elsewhere.link.cut());
  elsewhere.link.mend();
  const { settled } = await look(second);
  report({ step: 'elsewhere, cut off', ...met.told, settled, ...(await ended(shop, met.before, met.intention)) });
}

/** With a link: settled by the server through that till, before any till of the shop sees the card again. */
async function settledElsewhere(shop: Shop, what: string, moment: TearMoment, words: string[]): Promise<void> {
  const { central, first, second, elsewhere, report } = shop;
  const met = await tornThenElsewhere(shop, moment, words);
  const known = await standing(central, met.seen, met.intention);
  for (const counter of [first, second, elsewhere]) await synced(counter);
  const { settled } = await look(second);
  const end = await ended(shop, met.before, met.intention);
  report({ step: `elsewhere, ${what} torn ${moment}`, ...met.told, known, settled, ...end });
}

/** A write torn at the first till; then a sale in the other shop. `seen`: the card by its number alone. */
async function tornThenElsewhere(shop: Shop, moment: TearMoment, words: string[], meanwhile = () => {}) {
  const { first, elsewhere, second } = shop;
  const seen = await look(first);
  const before = seen.balances[0]!.balance;
  const ran = await torn(first, moment, words);
  for (const counter of [first, elsewhere, second]) await synced(counter);
  meanwhile();
  const there = told(await at(elsewhere, () => elsewhere.till.comptoir('sale', '--amount', '5000')));
  return { seen, before, intention: ran.intention, told: { ...ran, there } };
}

const told = (ran: Ran) => {
  const { card: onCard, points } = (ran.json.ok ? ran.json.value : ran.json.error) as Record<string, unknown>;
  return { status: ran.status, card: onCard, points, ...why(ran) };
};

async function verified({ first, second, elsewhere, report }: Shop): Promise<void> {
  const tills = [first, second, elsewhere];
  for (const counter of tills) await synced(counter);
  const reports = tills.map(({ till }) => till.done('journal', 'verify'));
  report({ step: 'verify', faults: (await Promise.all(reports)).map(({ faults }) => faults) });
  report({ step: 'stop', statuses: await Promise.all(tills.map(({ till }) => till.stop())) });
}
