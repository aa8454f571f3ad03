import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { comptoirOn, comptoirText, Demo, eventually } from '#test/harness/demo.ts';

let demo: Demo;
beforeAll(async () => {
  demo = await Demo.start();
});
afterAll(async () => {
  await demo?.remove();
});
beforeEach(async () => {
  await demo.lay(1);
});

const refused = (type: string, more: object = {}) => ({ status: 3, json: { ok: false, error: { type, ...more } } });

/** What the card says. */
async function standing() {
  const { balances, history, settled } = await demo.card();
  return { balance: balances[0]?.balance ?? Number.NaN, history, settled };
}

/** Sells, and lays a card down as soon as the command asks for it in these words. */
async function sellLaying(slot: number, says: RegExp, ...more: string[]) {
  const words = ['sale', '--amount', '800', ...more];
  const act = () => demo.lay(slot);
  const ran = await comptoirOn(demo.data, words, { when: { says, act } });
  expect(ran.stderr).toMatch(says);
  return ran;
}

describe('a sale by the command', () => {
  it('[T6] [T7] [T8] [T15] [N8] earns points on a card in six exchanges, and gives the ticket', async () => {
    const before = await standing();
    const { status, json, stderr } = await demo.comptoir('sale', '--amount', '1250');
    expect({ status, json }).toMatchObject({
      status: 0,
      json: {
        ok: true,
        value: {
          amountMinor: 1250,
          currency: 'XOF',
          points: 12,
          previousBalance: before.balance,
          balance: before.balance + 12,
          card: 'applied',
          exchanges: 6,
          print: 'confirmed',
        },
      },
    });
    const value = json.ok ? json.value : {};
    const text = (value.ticket as { lines: string[] }).lines.join('\n').replaceAll(/[\u00a0\u202f]/g, ' ');
    for (const words of [
      'SUPÉRETTE AKWABA',
      'ACHAT',
      '1 250 F CFA',
      'Points gagnés',
      '+12',
      'Prochain cadeau',
      'Il manque',
    ])
      expect(text).toContain(words);
    expect(text).toContain(
      `SOLDE ${(before.balance + 12).toLocaleString('fr-FR').replaceAll(/[\u00a0\u202f]/g, ' ')} points`,
    );
    expect(value).toMatchObject({ entry: `1-${value.seq}`, tapToResultMs: expect.any(Number) });
    expect(stderr).toMatch(/Present the card\.\nReading the card/);
    expect((await standing()).history[0]).toMatchObject({
      operation: 'earn',
      points: 12,
      balance: before.balance + 12,
    });
  });

  it('gives a repeat of its intention the first answer, and refuses another content', async () => {
    const intention = randomUUID();
    const first = await demo.comptoir('sale', '--amount', '300', '--intention', intention);
    const again = await demo.comptoir('sale', '--amount', '300', '--intention', intention);
    expect(first.status).toBe(0);
    expect(again.json).toEqual(first.json);
    const other = await demo.comptoir('sale', '--amount', '301', '--intention', intention);
    expect(other).toMatchObject(refused('IntentionReused'));
    const entries = await demo.journal(20);
    const sales = entries.filter((entry) => entry.intention === intention && entry.kind === 'loyalty.sale');
    expect(sales).toHaveLength(1);
  });

  it.each([
    ['12.50', 'AmountDecimals'],
    ['12,5', 'AmountDecimals'],
    ['0', 'AmountZero'],
    ['1000000000000', 'AmountTooLarge'],
    ['500000001', 'AmountTooLarge'],
    ['-5', 'AmountNotANumber'],
    ['mille', 'AmountNotANumber'],
    ['1e3', 'AmountNotANumber'],
    ['', 'AmountNotANumber'],
  ])('refuses the amount "%s" as %s, and nothing is sold', async (amount, type) => {
    const before = await standing();
    expect(await demo.comptoir('sale', '--amount', amount)).toMatchObject(refused(type));
    expect((await standing()).balance).toBe(before.balance);
  });

  it.each([
    [3, 'CardNotOurs', {}],
    [4, 'CardBlocked', { cardNumber: '0417093114' }],
    [5, 'CardOfAnotherNetwork', { cardNumber: '0880041716' }],
  ])('[T36] refuses card %s of the tray as %s, with the reason on record', async (slot, type, facts) => {
    await demo.lay(slot);
    expect(await demo.comptoir('sale', '--amount', '1250')).toMatchObject(refused(type, facts));
    const entries = await demo.journal(1);
    expect(entries).toMatchObject([{ kind: 'loyalty.refused', detail: type, amountMinor: 1250 }]);
  });

  it('[T1] [T36] gives a card of the network that is new here its place and its welcome at that tap, and refuses it without a link', async () => {
    await demo.done('simulate', 'link', 'down');
    await demo.lay(2);
    const alone = await demo.comptoir('sale', '--amount', '1250');
    expect(alone).toMatchObject(refused('CardNewInShop', { cardNumber: '0417554058' }));
    expect(await demo.journal(1)).toMatchObject([{ kind: 'loyalty.refused', detail: 'CardNewInShop' }]);
    await demo.done('simulate', 'link', 'up');
    await eventually(
      () => demo.done('status'),
      ({ link }) => link === 'online',
    );
    await demo.lay(2);
    const { status, json, stderr } = await demo.comptoir('sale', '--amount', '1250');
    expect({ status, json }).toMatchObject({
      status: 0,
      json: { value: { points: 12, previousBalance: 50, balance: 62 } },
    });
    expect(stderr).toContain('Leave the card on the reader.');
  });

  it('waits no longer than it is told, and says so in either language', async () => {
    await demo.done('simulate', 'card', 'remove');
    const words = ['sale', '--amount', '1250', '--timeout', '1'];
    expect(await demo.comptoir(...words)).toMatchObject(refused('NoCardInTime', { seconds: 1 }));
    const french = await demo.comptoir(...words, '--lang', 'fr');
    expect(french).toMatchObject(refused('NoCardInTime', { message: expect.stringContaining('Aucune carte') }));
    expect(french.stderr).toContain('Présentez la carte.');
  });

  it('takes a card that is laid down while it waits', async () => {
    await demo.done('simulate', 'card', 'remove');
    const ran = await sellLaying(1, /Present the card/);
    expect(ran).toMatchObject({ status: 0, json: { value: { points: 8, card: 'applied' } } });
  });
});

describe('who acts', () => {
  const sale = ['sale', '--amount', '100', '--staff'];
  const withPin = (code: string, pin: string) =>
    comptoirOn(demo.data, [...sale, code, '--pin-stdin'], { stdin: `${pin}\n` });

  it('[T25] signs in with a PIN from standard input', async () => {
    expect(await withPin('manager', demo.pinOf('manager'))).toMatchObject({ status: 0 });
    const entries = await demo.journal(4);
    const sold = entries.find(({ kind }) => kind === 'loyalty.sale');
    expect(sold).toMatchObject({ staff: 'manager' });
  });

  it('[T25] refuses a wrong PIN and an unknown code alike, and a role that does not sell', async () => {
    expect(await withPin('cashier', '000000')).toMatchObject(refused('SignInRefused'));
    expect(await withPin('nobody', '000000')).toMatchObject(refused('SignInRefused'));
    expect(await withPin('auditor', demo.pinOf('auditor'))).toMatchObject(refused('NotAllowed', { role: 'auditor' }));
  });

  it('shows no PIN anywhere', async () => {
    const pin = demo.pinOf('manager');
    const { stderr, json } = await withPin('manager', pin);
    expect(stderr + JSON.stringify(json)).not.toContain(pin);
  });
});

describe('a torn card', () => {
  it.each(['before', 'after'])(
    '[T6] [N2] that comes back in time, torn %s the commit, is put right: one credit, exit 0',
    async (moment) => {
      const before = await standing();
      await demo.done('simulate', 'card', 'tear', moment);
      const ran = await sellLaying(1, /Tap the same card again/);
      expect(ran).toMatchObject({
        status: 0,
        json: { value: { points: 8, card: 'applied', balance: before.balance + 8 } },
      });
      const after = await standing();
      expect(after).toMatchObject({ balance: before.balance + 8, settled: [] });
    },
  );

  it.each(['before', 'after'])(
    '[T6] [N2] that stays away, torn %s the commit, is exit 5 and healed at its next tap: one credit',
    async (moment) => {
      const before = await standing();
      await demo.done('simulate', 'card', 'tear', moment);
      const torn = await demo.comptoir('sale', '--amount', '700', '--timeout', '2');
      expect(torn).toMatchObject({
        status: 5,
        json: { ok: false, error: { type: 'CardTorn', cardNumber: '0417209320', points: 7, card: 'unknown' } },
      });
      const { intention } = (torn.json.ok ? {} : torn.json.error) as { intention: string };
      await demo.lay(1);
      const healed = await standing();
      expect(healed).toMatchObject({ balance: before.balance + 7, settled: [{ intention, outcome: 'applied' }] });
      expect((await standing()).settled).toEqual([]);
      expect(await demo.done('sale', '--amount', '100')).toMatchObject({ balance: before.balance + 8, exchanges: 6 });
    },
  );

  it('says that it is another card, and waits on for the first', async () => {
    await demo.done('simulate', 'card', 'tear', 'before');
    const ran = await sellLaying(4, /Tap the same card again/, '--timeout', '8');
    expect(ran).toMatchObject({ status: 5, json: { error: { type: 'CardTorn' } } });
    expect(ran.stderr).toContain('This is another card');
    await demo.lay(1);
    expect((await standing()).settled).toHaveLength(1);
  });
});

describe('the printer', () => {
  it.each([
    ['paper-out', 'PrinterPaperOut', 'paper-out'],
    ['cover-open', 'PrinterCoverOpen', 'cover-open'],
    ['offline', 'PrinterFault', 'fault'],
  ])('[T7] %s: the sale stands, the ticket has failed and says why', async (state, type, detail) => {
    await demo.done('simulate', 'printer', state);
    const sold = await demo.done('sale', '--amount', '100');
    expect(sold).toMatchObject({ print: 'failed', card: 'applied', printError: { type, remedy: expect.any(String) } });
    expect(await demo.done('device', 'test', 'printer')).toMatchObject({ lamp: { state: 'fault', detail } });
    await demo.done('simulate', 'printer', 'ok');
    expect(await demo.done('device', 'test', 'printer')).toMatchObject({ lamp: { state: 'ok', detail: 'ready' } });
    expect(await demo.done('sale', '--amount', '100')).toMatchObject({ print: 'confirmed' });
  });

  it('[T7] silent after it took the ticket: exit 5, the sale stands, and nothing is printed again by itself', async () => {
    await demo.done('simulate', 'printer', 'silent');
    const ran = await demo.comptoir('sale', '--amount', '100');
    expect(ran).toMatchObject({ status: 5, json: { error: { type: 'PrintUnknown', card: 'applied', points: 1 } } });
    expect(JSON.stringify(ran.json)).not.toContain('did not come out');
    await demo.done('simulate', 'printer', 'ok');
    const { intention, ticketNumber } = (ran.json.ok ? {} : ran.json.error) as Record<string, string>;
    const entries = await demo.journal(20);
    const outcomes = entries.filter((entry) => entry.kind === 'ticket.outcome' && entry.intention === intention);
    expect(outcomes).toMatchObject([{ detail: 'unknown' }]);
    expect(ticketNumber).toMatch(/^\d+-\d+$/);
  });
});

describe('the register', () => {
  const register = async () => {
    const { devices, registerAmount } = await demo.done('status');
    const lamp = (devices as { part: string }[]).find(({ part }) => part === 'register');
    return { lamp, registerAmount };
  };

  it('[T14] [N8] sends an amount, which status shows', async () => {
    await demo.done('simulate', 'register', 'amount', '1250');
    expect(await register()).toMatchObject({
      lamp: { state: 'ok', detail: 'received' },
      registerAmount: { amountMinor: 1250 },
    });
  });

  it.each([
    ['an amount of 0', 'amount-refused', ['amount', '0'], null],
    ['an amount of 10^12', 'amount-refused', ['amount', '1000000000000'], null],
    ['garbage', 'garbage', ['raw', 'gar#bage\r\n'], { amountMinor: 777 }],
  ])('[T14] sends %s: it is not taken for an amount, and the lamp says so', async (_what, detail, words, offered) => {
    await demo.done('simulate', 'register', 'amount', '777');
    await demo.done('simulate', 'register', ...words);
    expect(await register()).toMatchObject({
      lamp: { state: 'warn', detail },
      registerAmount: offered,
    });
  });
});

it('a person reads sentences on the same command, and the ticket as it prints', async () => {
  const sold = await comptoirText(['sale', '--amount', '1250', '--data', demo.data, '--lang', 'fr']);
  expect(sold.status).toBe(0);
  expect(sold.stdout).toMatch(/1.250.F CFA .*0417 2093 20/);
  expect(sold.stdout).toContain('SUPÉRETTE AKWABA');
  const shown = await comptoirText(['card', 'show', '--data', demo.data, '--lang', 'fr']);
  expect(shown.stdout).toMatch(/\n\d\d\/\d\d\/\d{4} \d\d:\d\d +achat +12 +→ /);
  const refusal = await comptoirText(['sale', '--amount', '0', '--data', demo.data, '--lang', 'fr']);
  expect(refusal).toMatchObject({ status: 3, stdout: '' });
  expect(refusal.stderr).toContain('Le montant est zéro');
  const verified = await comptoirText(['journal', 'verify', '--data', demo.data, '--lang', 'fr']);
  expect(verified.stdout).toMatch(/^[\d\s]+ écritures, aucune faute\n$/);
});
