import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ContactChip } from '#native/simulators/contact-chip.ts';
import { contactless } from '#native/simulators/contactless.ts';
import { VirtualDesfire } from '#native/simulators/desfire/virtual-desfire.ts';
import { connectVirtualCard, type LaidCard } from '#native/simulators/vpcd.ts';
import { comptoirOn, Demo, eventually, processesLeftOn, type Ran, why } from '#test/harness/demo.ts';
import type { PcscScenario } from '#test/harness/pcscd.ts';

// Cards made on a real reader by a real server: the demonstration beside a real pcscd, and the command.

const random = (length: number) => new Uint8Array(randomBytes(length));
const blank = (last: number) =>
  new VirtualDesfire({ uid: Uint8Array.of(4, 0x55, 0, 0, 0, 0, last), randomBytes: random });

type Report = (line: Record<string, unknown>) => void;
type Laying = (port: number, card: VirtualDesfire) => Promise<LaidCard>;

const lay =
  (as: (card: VirtualDesfire) => ReturnType<typeof contactless>): Laying =>
  async (port, card) => {
    const laid = await connectVirtualCard({ port, atr: card.atr, card: as(card) });
    if (!laid.ok) throw new Error(laid.error.detail);
    return laid.value;
  };
const onReader = lay(contactless);
/** A contact reader passes every command on: it knows no number of its own to tell. */
const inSlot = lay((card) => ({
  process: (apdu) => card.process(apdu),
  powerOn: () => card.powerOn(),
  powerOff: () => card.powerOff(),
}));

/** What a test asserts on; the rest of the document differs at each run. */
function told(ran: Ran) {
  const { status, json, stderr } = ran;
  const { type, how, cardNumber, points, balance, exchanges, tapToResultMs, card } = (
    json.ok ? json.value : json.error
  ) as Record<string, unknown>;
  const askedAgain = stderr.includes('Tap the same card again');
  return { status, type, how, cardNumber, points, balance, exchanges, tapToResultMs, card, askedAgain, ...why(ran) };
}

const scenario: PcscScenario = async ({ ports: [port], report }) => {
  const demo = await Demo.start(undefined, ['--devices', 'real']);
  try {
    await readerSays(demo, 'ready');
    await onTheSpot(demo, port, report);
    await torn(demo, port, report);
    await newHere(demo, port, report);
    await withContact(demo, port, report);
    await twoChips(demo, port, report);
    const sync = await demo.done('sync', '--wait');
    report({ step: 'verify', faults: (await demo.done('journal', 'verify')).faults, unsent: sync.unsent });
    report({ step: 'kinds', kinds: (await demo.journal(100)).map(({ kind }) => kind) });
    report({ step: 'stop', status: await demo.stop(), left: await processesLeftOn(demo.data) });
  } finally {
    await demo.remove();
  }
};
export default scenario;

const readerSays = (demo: Demo, detail: string) =>
  eventually(
    async () => (await (await demo.till()).till.status()).devices.find((lamp) => lamp.part === 'reader'),
    (lamp) => lamp?.detail === detail,
  );

async function away(demo: Demo, laid: LaidCard): Promise<void> {
  await laid.remove();
  await readerSays(demo, 'ready');
}

/** A blank from the counter's box: issued, sold to, given a PIN, issued once more. */
async function onTheSpot(demo: Demo, port: number, report: Report): Promise<void> {
  const card = blank(1);
  const laid = await onReader(port, card);
  report({ step: 'issue', ...told(await demo.comptoir('card', 'issue')) });
  report({ step: 'sale on it', ...told(await demo.comptoir('sale', '--amount', '1250')) });
  report({ step: 'issue again', ...told(await demo.comptoir('card', 'issue')) });
  const pin = await comptoirOn(demo.data, ['card', 'pin', '--pin-stdin'], { stdin: '4711\n' });
  report({ step: 'pin', ...told(pin) });
  const wrong = await comptoirOn(demo.data, ['card', 'pin', '--current', '--pin-stdin'], { stdin: '1111\n2222\n' });
  report({ step: 'wrong pin of now', ...told(wrong) });
  const changed = await comptoirOn(demo.data, ['card', 'pin', '--current', '--pin-stdin'], { stdin: '4711\n2222\n' });
  report({ step: 'pin changed', ...told(changed) });
  report({ step: 'unblocked', ...told(await demo.comptoir('card', 'unblock-pin')) });
  await away(demo, laid);
}

/** Pulled at several points of its making, and laid down again while the screen asks for it; or by a new command. */
async function torn(demo: Demo, port: number, report: Report): Promise<void> {
  for (const [index, exchange] of [6, 14, 22, 29].entries()) {
    const card = blank(0x10 + index);
    await onReader(port, card);
    card.tearAt(exchange, index % 2 ? 'before' : 'after');
    let laid: LaidCard | null = null;
    const act = async () => {
      await laid?.remove();
      laid = await onReader(port, card);
    };
    const ran = await comptoirOn(demo.data, ['card', 'issue'], { when: { says: /Tap the same card again/, act } });
    report({ step: `torn at ${exchange}`, ...told(ran), sale: told(await demo.comptoir('sale', '--amount', '100')) });
    await away(demo, laid!);
  }
  const card = blank(0x20);
  await onReader(port, card);
  card.tearAt(20, 'after');
  report({ step: 'torn and gone', ...told(await demo.comptoir('card', 'issue', '--timeout', '2')) });
  await readerSays(demo, 'ready');
  const laid = await onReader(port, card);
  report({ step: 'finished later', ...told(await demo.comptoir('card', 'issue')) });
  await away(demo, laid);
}

/** The tray's second card: of the network, never seen in this shop. */
async function newHere(demo: Demo, port: number, report: Report): Promise<void> {
  const file = join(demo.data, 'simulators', 'card-2.json');
  const card = VirtualDesfire.fromJSON(JSON.parse(readFileSync(file, 'utf8')), random);
  const laid = await onReader(port, card);
  report({ step: 'first sale to a card of the network', ...told(await demo.comptoir('sale', '--amount', '1250')) });
  report({ step: 'second sale to it', ...told(await demo.comptoir('sale', '--amount', '300')) });
  await away(demo, laid);
}

/** A dual-interface card by its contacts, then without. */
async function withContact(demo: Demo, port: number, report: Report): Promise<void> {
  const card = blank(0x30);
  const contact = await inSlot(port, card);
  report({ step: 'issue by contact', ...told(await demo.comptoir('card', 'issue')) });
  report({ step: 'sale by contact', ...told(await demo.comptoir('sale', '--amount', '500')) });
  await away(demo, contact);
  const laid = await onReader(port, card);
  report({ step: 'sale without contact', ...told(await demo.comptoir('sale', '--amount', '500')) });
  await away(demo, laid);
}

/** The contact chip of a two-chip card: it has the number of the card that was sold to before, and nothing else. */
async function twoChips(demo: Demo, port: number, report: Report): Promise<void> {
  const file = new URL('../../resources/demo/network.json', import.meta.url);
  const { network } = JSON.parse(readFileSync(file, 'utf8')) as { network: { id: number } };
  const chip = new ContactChip({ networkId: network.id, cardData: 4_175_540 });
  await demo.done('sync', '--wait');
  const laid = await connectVirtualCard({ port, atr: chip.atr, card: chip });
  if (!laid.ok) throw new Error(laid.error.detail);
  const { status, json } = await demo.comptoir('card', 'show');
  const { cardNumber, balances, history } = (json.ok ? json.value : json.error) as Record<string, unknown>;
  report({ step: 'contact chip', status, cardNumber, balances, history });
  report({ step: 'sale to a contact chip', ...told(await demo.comptoir('sale', '--amount', '500')) });
  await away(demo, laid.value);
}
