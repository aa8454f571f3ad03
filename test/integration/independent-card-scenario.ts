import { createORPCClient } from '@orpc/client';
import { OpenAPILink } from '@orpc/openapi-client/fetch';
import { z } from 'zod';
import { centralContract } from '#contract/central/index.ts';
import type { CentralClient } from '#test/harness/central.ts';
import { CentralProcess } from '#test/harness/central-process.ts';
import { CentralTill } from '#test/harness/central-till.ts';
import { CuttableLink } from '#test/harness/cuttable-link.ts';
import { comptoirOn, eventually, type Ran, why } from '#test/harness/demo.ts';
import {
  IndependentCard,
  type LaidIndependentCard,
  readWithReadKey,
  type Tear,
} from '#test/harness/independent-card.ts';
import type { PcscScenario } from '#test/harness/pcscd.ts';
import { TillProcess } from '#test/harness/till-process.ts';

// A card that is none of ours, at two shops' readers: pcscd, resident services and the server are real, each a process.

const pin = '4711';
type Report = (line: Record<string, unknown>) => void;
type Moment = Tear['moment'];
const moments = ['before', 'after'] as const;

/** One till at its reader. */
class Counter {
  readonly till: TillProcess;
  readonly port: number;
  readonly #staff: { code: string; pin: string };
  constructor(till: TillProcess, staff: { code: string; pin: string }, port: number) {
    this.till = till;
    this.#staff = staff;
    this.port = port;
  }

  /** A command whose standard input has the cardholder's PINs after the seller's. */
  run(words: string[], { pins = [], again }: { pins?: string[]; again?: () => Promise<unknown> } = {}): Promise<Ran> {
    const stdin = [this.#staff.pin, ...pins].map((line) => `${line}\n`).join('');
    const when = again && { says: /Tap the same card again/, act: again };
    return comptoirOn(this.till.data, [...words, '--staff', this.#staff.code, '--pin-stdin'], {
      stdin,
      ...(when ? { when } : {}),
    });
  }

  /** Lays the card on this reader for as long as `act` takes. */
  async at<T>(card: IndependentCard, act: () => Promise<T>, how: { tear?: Tear; contact?: boolean } = {}): Promise<T> {
    await this.till.seesNoCard();
    const laid = await card.lay({ port: this.port, ...how });
    try {
      return await act();
    } finally {
      await laid.remove();
    }
  }

  async look(card: IndependentCard) {
    return View.parse(await this.at(card, () => this.till.done('card', 'show')));
  }
}

const View = z.object({
  cardNumber: z.string(),
  balances: z.array(z.object({ balance: z.int() })),
  counter: z.int(),
  history: z.array(z.object({ operation: z.string(), points: z.int() })),
  ledger: z.object({ balance: z.int() }).nullable(),
  settled: z.array(z.object({ outcome: z.string() })),
});

/** What a test asserts on; the rest of the document differs at each run. */
function told(ran: Ran) {
  const { type, how, cardNumber, points, balance, exchanges, card, triesLeft, entry, intention } = (
    ran.json.ok ? ran.json.value : ran.json.error
  ) as Record<string, unknown>;
  const askedAgain = ran.stderr.includes('Tap the same card again');
  const known = { type, how, cardNumber, points, balance, exchanges, card, triesLeft, entry, intention };
  return { status: ran.status, ...known, askedAgain, ...why(ran) };
}

type Scene = { central: CentralProcess; first: Counter; link: CuttableLink; card: IndependentCard; report: Report };

const scenario: PcscScenario = async ({ ports, report }) => {
  const central = new CentralProcess();
  const opened: (TillProcess | CuttableLink | IndependentCard)[] = [];
  const card = new IndependentCard('04a1b2c3d4e5f6');
  opened.push(card);
  try {
    await central.start();
    const link = await CuttableLink.to(central.url);
    opened.push(link);
    const open = async (shop: number, slot: 0 | 1, url: string) => {
      const staff = central.staffOf(shop, 'manager');
      const till = new TillProcess(staff);
      opened.push(till);
      await till.start();
      await till.done('enrol', '--central', url, '--code', central.takeCode(shop));
      await till.done('device', 'set', 'reader', `pcsc:Virtual PCD 00 0${slot}`);
      await till.done('sync', '--wait');
      return new Counter(till, staff, ports[slot]);
    };
    const scene = { central, first: await open(1, 0, link.url), link, card, report };
    await issued(scene);
    await spentWithALink(scene);
    await spentWithoutALink(scene);
    await takenBack(scene);
    await joined(scene, await open(2, 1, central.url));
    await issuedAnother(scene);
    await verified(scene);
    await readByAStranger(scene);
  } finally {
    for (const part of opened.reverse()) {
      if (part instanceof TillProcess) await part.remove();
      else if (part instanceof CuttableLink) part.close();
      else part.destroy();
    }
    await central.remove();
  }
};
export default scenario;

async function issued({ first, card, report }: Scene): Promise<void> {
  await first.at(card, async () => {
    report({ step: 'issue', ...told(await first.run(['card', 'issue'])) });
    report({ step: 'issue again', ...told(await first.run(['card', 'issue'])) });
    report({ step: 'sale', ...told(await first.run(['sale', '--amount', '200000'])) });
  });
  report({ step: 'shown', ...(await first.look(card)) });
}

const spend = ['spend', '--points', '100'];

async function spentWithALink({ first, card, report }: Scene): Promise<void> {
  await first.at(card, async () => {
    report({ step: 'no PIN', ...told(await first.run(spend)) });
    report({ step: 'PIN set', ...told(await first.run(['card', 'pin'], { pins: [pin] })) });
    report({ step: 'server: wrong PIN', ...told(await first.run(spend, { pins: ['0000'] })) });
    report({ step: 'server: right PIN', ...told(await first.run(spend, { pins: [pin] })) });
  });
}

/** The card judges its PIN by itself, which is a commit of its own: the spending's is the second. */
async function spentWithoutALink(scene: Scene): Promise<void> {
  const { first, card, link, report } = scene;
  link.cut();
  await eventually(
    () => first.till.done('status'),
    (status) => status.link === 'offline',
  );
  await first.at(card, async () => {
    report({ step: 'card: wrong PIN', ...told(await first.run(spend, { pins: ['0000'] })) });
    report({ step: 'card: right PIN', ...told(await first.run(spend, { pins: [pin] })) });
  });
  for (const moment of moments) await tornAndBack(scene, moment);
  for (const moment of moments) await tornAndGone(scene, moment);
  link.mend();
  await first.till.done('sync', '--wait');
}

const atSpending = (moment: Moment): Tear => ({ moment, nth: 2 });
const balanceOf = async ({ first, card }: Scene) => (await first.look(card)).balances[0]!.balance;

async function tornAndBack(scene: Scene, moment: Moment): Promise<void> {
  const { first, card, report } = scene;
  const before = await balanceOf(scene);
  let back: LaidIndependentCard | null = null;
  const again = async () => {
    back = await card.lay({ port: first.port });
  };
  const ran = await first.at(card, () => first.run(spend, { pins: [pin], again }), { tear: atSpending(moment) });
  await (back as LaidIndependentCard | null)?.remove();
  report({ step: `torn ${moment}, back in time`, ...told(ran), taken: before - (await balanceOf(scene)) });
}

async function tornAndGone(scene: Scene, moment: Moment): Promise<void> {
  const { first, card, report } = scene;
  const before = await balanceOf(scene);
  const ran = await first.at(card, () => first.run([...spend, '--timeout', '2'], { pins: [pin] }), {
    tear: atSpending(moment),
  });
  const { settled, balances } = await first.look(card);
  const outcomes = settled.map(({ outcome }) => outcome);
  report({ step: `torn ${moment}, healed later`, ...told(ran), outcomes, taken: before - balances[0]!.balance });
}

async function takenBack(scene: Scene): Promise<void> {
  const { first, card, report } = scene;
  const before = await balanceOf(scene);
  await first.at(card, async () => {
    const { entry } = told(await first.run(spend, { pins: [pin] }));
    report({ step: 'taken back', ...told(await first.run(['reverse', String(entry)])) });
  });
  report({ step: 'after', change: (await balanceOf(scene)) - before });
  await first.till.done('sync', '--wait');
  report({ step: 'agreed', ...(await first.look(card)) });
}

async function joined({ card, report }: Scene, second: Counter): Promise<void> {
  await second.at(card, async () => {
    report({ step: 'first sale in the second shop', ...told(await second.run(['sale', '--amount', '1000'])) });
    report({ step: 'second sale there', ...told(await second.run(['sale', '--amount', '500'])) });
  });
  report({ step: 'shown in the second shop', ...(await second.look(card)) });
  const faults = (await second.till.done('journal', 'verify')).faults;
  report({ step: 'second shop', faults, stopped: await second.till.stop() });
}

/** Others, torn while they are made: the card's key changed, one of a shop's, a file made, the first record written; and one by contact. */
async function issuedAnother({ first, report }: Scene): Promise<void> {
  const tears: Tear[] = [
    { at: 'c4', nth: 1, moment: 'after' },
    { at: 'c4', nth: 4, moment: 'after' },
    { at: 'c0', moment: 'after' },
    { at: 'c7', moment: 'before' },
  ];
  for (const [index, tear] of tears.entries()) {
    const card = new IndependentCard(`0455000000000${index}`);
    let back: LaidIndependentCard | null = null;
    const again = async () => {
      back = await card.lay({ port: first.port });
    };
    const ran = await first.at(card, () => first.run(['card', 'issue'], { again }), { tear });
    const sold = told(await first.run(['sale', '--amount', '100']));
    await (back as LaidIndependentCard | null)?.remove();
    card.destroy();
    report({ step: `issue torn ${tear.moment} ${tear.at} ${tear.nth ?? 1}`, ...told(ran), sold });
  }
  const card = new IndependentCard('04560000000000');
  const act = async () => ({
    ...told(await first.run(['card', 'issue'])),
    sold: told(await first.run(['sale', '--amount', '100'])),
  });
  report({ step: 'by contact', ...(await first.at(card, act, { contact: true })) });
  card.destroy();
}

async function verified({ first, report }: Scene): Promise<void> {
  const { unsent } = await first.till.done('sync', '--wait');
  report({ step: 'verify', faults: (await first.till.done('journal', 'verify')).faults, unsent });
  report({ step: 'stop', status: await first.till.stop() });
}

/** Whoever enrols a till of the shop is given its read key; here no till has anything to do with the reading. */
async function readByAStranger({ central, first, card, report }: Scene): Promise<void> {
  const client: CentralClient = createORPCClient(new OpenAPILink(centralContract, { url: central.url }));
  const { enrolment } = await CentralTill.enrol(central.url, client, central.takeCode(1));
  const read = await first.at(card, () => readWithReadKey('Virtual PCD 00 00', 1, enrolment.cardKeys.read));
  report({ step: 'read by a stranger', ...read });
}
