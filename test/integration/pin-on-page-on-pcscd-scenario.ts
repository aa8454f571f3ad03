import { randomBytes } from 'node:crypto';
import { demoNetwork } from '#backend/demo/demo-network.ts';
import { contactless } from '#native/simulators/contactless.ts';
import { VirtualDesfire } from '#native/simulators/desfire/virtual-desfire.ts';
import { connectVirtualCard } from '#native/simulators/vpcd.ts';
import { comptoirOn, Demo, eventually, type Ran } from '#test/harness/demo.ts';
import type { PcscScenario } from '#test/harness/pcscd.ts';

// A PIN changed on its holder's page, on a real reader: without a link, with one, and without one again.

const random = (length: number) => new Uint8Array(randomBytes(length));
const card = new VirtualDesfire({ uid: Uint8Array.of(4, 0x77, 0, 0, 0, 0, 1), randomBytes: random });
const [oldPin, newPin] = ['0815', '4711'];

const scenario: PcscScenario = async ({ ports: [port], report }) => {
  const demo = await Demo.start(undefined, ['--devices', 'real']);
  try {
    await eventually(
      async () => (await (await demo.till()).till.status()).devices.find((lamp) => lamp.part === 'reader'),
      (lamp) => lamp?.detail === 'ready',
    );
    const laid = await connectVirtualCard({ port, atr: card.atr, card: contactless(card) });
    if (!laid.ok) throw new Error(laid.error.detail);
    const { cardNumber } = await demo.done('card', 'issue');
    await demo.done('sale', '--amount', '200000');
    await comptoirOn(demo.data, ['card', 'pin', '--pin-stdin'], { stdin: `${oldPin}\n` });
    const page = await pageOf(demo, String(cardNumber));
    report({ step: 'changed', shops: await page.changePin(), behind: await page.behind() });
    await demo.done('sync', '--wait');
    await linkIs(demo, 'down');
    report({ step: 'old PIN, no link', ...told(await spend(demo, oldPin)) });
    report({ step: 'new PIN, no link', ...told(await spend(demo, newPin)) });
    await linkIs(demo, 'up');
    report({ step: 'new PIN, linked', ...told(await spend(demo, newPin)), behind: await page.behind() });
    await demo.done('sync', '--wait');
    await linkIs(demo, 'down');
    report({ step: 'old PIN, no link again', ...told(await spend(demo, oldPin)) });
    report({ step: 'new PIN, no link again', ...told(await spend(demo, newPin)) });
    report({ step: 'verify', faults: (await demo.done('journal', 'verify')).faults });
  } finally {
    await demo.stop();
    await demo.remove();
  }
};
export default scenario;

function told({ status, json }: Ran) {
  const { type, points, exchanges, card: onCard } = (json.ok ? json.value : json.error) as Record<string, unknown>;
  return { status, type, points, exchanges, card: onCard };
}

const spend = (demo: Demo, typed: string) =>
  comptoirOn(demo.data, ['spend', '--points', '100', '--pin-stdin'], { stdin: `${typed}\n` });

const linkIs = async (demo: Demo, state: 'up' | 'down') => {
  await demo.done('simulate', 'link', state);
  await eventually(
    () => demo.done('status'),
    ({ link }) => link === (state === 'up' ? 'online' : 'offline'),
  );
};

/** The holder's page, by its own requests. */
async function pageOf(demo: Demo, cardNumber: string) {
  const ask = async (method: string, path: string, body: object | null, token?: string) => {
    const answer = await fetch(`${demo.ready.centralUrl}/v1/portal/${path}`, {
      method,
      headers: {
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...(token ? { authorization: `Bearer ${token}` } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
    return (await answer.json()) as Record<string, unknown>;
  };
  const network = demoNetwork.network.id;
  const { token } = await ask('POST', 'sessions', { network, cardNumber, pin: oldPin });
  return {
    changePin: async () => (await ask('PUT', 'card/pin', { pin: oldPin, newPin }, String(token))).shops,
    behind: async () => {
      const { shops } = await ask('GET', 'card', null, String(token));
      return (shops as { keyBehind: boolean }[]).map(({ keyBehind }) => keyBehind);
    },
  };
}
