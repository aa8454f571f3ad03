import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { comptoirOn, Demo, eventually } from '#test/harness/demo.ts';

let demo: Demo;
beforeAll(async () => {
  demo = await Demo.start();
  await demo.lay(1);
});
afterAll(async () => {
  await demo?.remove();
});

const refused = (type: string, more: object = {}) => ({ status: 3, json: { ok: false, error: { type, ...more } } });
const value = (ran: Awaited<ReturnType<Demo['comptoir']>>) => {
  if (!ran.json.ok) throw new Error(JSON.stringify(ran.json));
  return ran.json.value as Record<string, never>;
};
const cashier = (...words: string[]) => ['--staff', 'cashier', '--pin-stdin', ...words];
const asCashier = (words: string[], ...pins: string[]) =>
  comptoirOn(demo.data, [...words, ...cashier()], { stdin: `${[demo.pinOf('cashier'), ...pins].join('\n')}\n` });
const balance = async () => (await demo.card()).balances[0]!.balance;
/** Until the server has all: its ledger then says the same as the card. */
const synced = () =>
  eventually(
    () => demo.card(),
    (card) => card.ledger?.balance === card.balances[0]?.balance && card.difference === 'none',
  );

describe('spending by the command', () => {
  it('[T5] gives a gift, and points as money', async () => {
    const before = await balance();
    expect(value(await demo.comptoir('spend', '--gift', 'savon'))).toMatchObject({
      operation: 'spend',
      points: -200,
      balance: before - 200,
      reward: { kind: 'gift', id: 'savon' },
      card: 'applied',
      print: 'confirmed',
    });
    const money = value(await demo.comptoir('spend', '--points', '250'));
    expect(money).toMatchObject({ points: -200, amountMinor: 1000, reward: { kind: 'money' }, balance: before - 400 });
    expect(await balance()).toBe(before - 400);
    await synced();
  });

  it('[T5] refuses what the balance does not hold, and unknown gifts; wrong usage is told apart', async () => {
    expect(await demo.comptoir('spend', '--gift', 'riz-5kg')).toMatchObject(refused('NotEnoughPoints'));
    expect(await demo.comptoir('spend', '--gift', 'voiture')).toMatchObject(
      refused('GiftUnknown', { gift: 'voiture' }),
    );
    expect(await demo.comptoir('spend')).toMatchObject({ status: 2 });
    expect(await demo.comptoir('spend', '--gift', 'savon', '--points', '100')).toMatchObject({ status: 2 });
  });

  it('gives the same intention the first answer', async () => {
    const words = ['spend', '--points', '100', '--intention', randomUUID()];
    const first = await demo.comptoir(...words);
    expect(value(first)).toMatchObject({ points: -100 });
    const again = value(await demo.comptoir(...words));
    expect(again).toMatchObject({ entry: value(first).entry, balance: value(first).balance });
  });

  it.each([
    ['before', 'not-applied', 0],
    ['after', 'applied', 100],
  ] as const)('[N2] torn %s the commit and gone: exit 5; the next tap finds it %s', async (when, outcome, taken) => {
    const before = await balance();
    await demo.done('simulate', 'card', 'tear', when);
    const torn = await demo.comptoir('spend', '--points', '100', '--timeout', '2');
    expect(torn).toMatchObject({ status: 5, json: { ok: false, error: { type: 'CardTorn', card: 'unknown' } } });
    await demo.lay(1);
    const shown = await demo.card();
    expect(shown.settled).toMatchObject([{ outcome }]);
    expect(shown.balances[0]!.balance).toBe(before - taken);
    await synced();
  });
});

describe('reversing by the command', () => {
  it('[T20] takes a sale back in parts, by its entry and by its ticket', async () => {
    const before = await balance();
    const sale = value(await demo.comptoir('sale', '--amount', '1000'));
    const part = value(
      await demo.comptoir('reverse', String(sale.entry), '--amount', '400', '--reason', 'Article rendu'),
    );
    expect(part).toMatchObject({ amountMinor: 400, points: -4, whole: false, card: 'applied', print: 'confirmed' });
    const rest = value(await demo.comptoir('reverse', String(sale.ticketNumber)));
    expect(rest).toMatchObject({ amountMinor: 600, points: -6, whole: true, balance: before });
    expect(await demo.comptoir('reverse', String(sale.intention))).toMatchObject(refused('AlreadyReversed'));
    expect(await balance()).toBe(before);
    expect(await demo.comptoir('reverse', '9-99999')).toMatchObject({ status: 3 });
    expect(await demo.comptoir('reverse')).toMatchObject({ status: 2 });
  });

  it('[T20] asks a cashier for a manager’s approval, given on the spot by a PIN', async () => {
    const sale = value(await demo.comptoir('sale', '--amount', '5000'));
    const words = ['reverse', String(sale.entry)];
    expect(await asCashier(words)).toMatchObject(refused('ApprovalRequired'));
    const wrong = await asCashier([...words, '--approved-by', 'manager'], '000000');
    expect(wrong).toMatchObject(refused('SignInRefused'));
    const reversed = await asCashier([...words, '--approved-by', 'manager'], demo.pinOf('manager'));
    expect(value(reversed)).toMatchObject({ amountMinor: 5000, whole: true });
    await synced();
  });

  it('[T20] reaches a card that is not there at its next tap', async () => {
    const before = await balance();
    const sale = value(await demo.comptoir('sale', '--amount', '700'));
    await demo.done('simulate', 'card', 'remove');
    expect(value(await demo.comptoir('reverse', String(sale.entry)))).toMatchObject({ card: 'pending' });
    await demo.lay(1);
    expect(await demo.card()).toMatchObject({ settled: [{ outcome: 'applied' }], balances: [{ balance: before }] });
    await synced();
  });
});

describe('cards by their number', () => {
  const lost = '0417209320';
  const spare = '0417600424';

  it('[T20] blocks a card, and puts it back in use', async () => {
    expect(value(await demo.comptoir('card', 'block', '0417 2093 20'))).toMatchObject({
      cardNumber: lost,
      blocked: true,
    });
    expect(await demo.comptoir('sale', '--amount', '100')).toMatchObject(refused('CardBlocked'));
    expect(await demo.comptoir('card', 'block', '1234567890')).toMatchObject(refused('CardNumberInvalid'));
    expect(value(await demo.comptoir('card', 'block', lost, '--unblock'))).toMatchObject({ blocked: false });
    expect(await demo.comptoir('sale', '--amount', '100')).toMatchObject({ status: 0 });
    await synced();
  });

  it('[T20] moves the balance of a lost card to another, and blocks the first', async () => {
    const before = await balance();
    await demo.lay(7);
    const empty = await balance();
    await demo.done('simulate', 'card', 'remove');
    const moved = value(await demo.comptoir('card', 'replace', lost, spare));
    expect(moved).toMatchObject({ fromCard: lost, toCard: spare, points: before, card: 'pending' });
    await demo.lay(7);
    expect(await balance()).toBe(before + empty);
    await synced();
    await demo.lay(1);
    expect(await demo.comptoir('sale', '--amount', '100')).toMatchObject(refused('CardReplaced'));
    expect(await demo.comptoir('card', 'merge', lost, spare)).toMatchObject(refused('CardNotReplaceable'));
    expect(await demo.comptoir('card', 'replace', spare, spare)).toMatchObject(refused('CardNotReplaceable'));
  });

  it('leaves a journal in which nothing is wrong', async () => {
    expect(await demo.comptoir('journal', 'verify')).toMatchObject({ status: 0 });
  });
});
