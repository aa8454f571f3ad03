import { beforeAll, describe, expect, it } from 'vitest';
import { inPcscNamespace, type ScenarioOutcome } from '#test/harness/pcscd.ts';

const scenarioWithinMs = 240_000;

// One walk through a day at the counter, reported step by step; each test reads its own steps.
let walk: ScenarioOutcome;
beforeAll(async () => {
  const script = new URL('./sale-on-pcscd-scenario.ts', import.meta.url);
  walk = await inPcscNamespace(script, [], { timeoutMs: scenarioWithinMs });
}, scenarioWithinMs + 10_000);

const step = (name: string): Record<string, unknown> =>
  walk.lines.find((line) => line.step === name) ?? { missing: name, exitCode: walk.exitCode, stderr: walk.stderr };

describe('the demonstration on a real pcscd, sold to by the command', () => {
  it('[T15] finds the reader by itself, and waits for a card no longer than it is told', () => {
    expect(step('reader')).toMatchObject({ lamp: { state: 'ok', detail: 'ready', address: 'pcsc:' } });
    expect(step('no card')).toMatchObject({ status: 3, type: 'NoCardInTime' });
  });

  it.each([
    ['sale', 12],
    ['second sale', 3],
    ['laid while waiting', 1],
  ])('[T6] [T15] %s: six exchanges on the air', (name, earned) => {
    expect(step(name)).toMatchObject({ status: 0, earned, exchanges: 6, card: 'applied', print: 'no-printer' });
  });

  it.each(['before', 'after'])(
    '[T6] [N2] a card pulled %s its commit that comes back in time holds exactly one credit',
    (moment) => {
      const torn = step(`torn ${moment}, back in time`);
      expect(torn).toMatchObject({ status: 0, earned: 8, card: 'applied', askedAgain: true });
      expect(torn.cardHolds).toBe(torn.balance);
    },
  );

  it.each(['before', 'after'])(
    '[T6] [N2] a card pulled %s its commit that stays away is exit 5, and is put right when it is next looked at',
    (moment) => {
      const torn = step(`torn ${moment}, healed later`);
      expect(torn).toMatchObject({ status: 5, type: 'CardTorn', earned: 7, card: 'unknown', outcomes: ['applied'] });
      expect(torn.cardHolds).toBe(torn.balance);
    },
  );

  it('[T15] says that pcscd is gone, and sells again when it is back', () => {
    expect(step('pcscd killed')).toMatchObject({ lamp: { state: 'fault', detail: 'service-stopped' } });
    expect(step('sale without pcscd')).toMatchObject({ status: 3, type: 'CardServiceUnavailable' });
    expect(step('sale on the new pcscd')).toMatchObject({ status: 0, earned: 1, exchanges: 6, card: 'applied' });
  });

  it.each(['6D00', '6A82', 'blank DESFire', 'nonsense'])('[T15] [T36] refuses a card that is not ours: %s', (what) => {
    expect(step(`stranger ${what}`)).toMatchObject({ status: 3, type: 'CardNotOurs' });
  });

  it('[T7] [T15] prints the ticket on a real serial line, and says when it could not', () => {
    expect(step('printer set')).toMatchObject({ lamp: { state: 'ok', detail: 'ready' } });
    expect(step('printed sale')).toMatchObject({ status: 0, print: 'confirmed', exchanges: 6 });
    const [ticket] = step('paper').tickets as [string];
    for (const words of ['SUPÉRETTE AKWABA', 'ACHAT', '1 250 F CFA', 'Points gagnés', 'SOLDE 1 274 points'])
      expect(ticket.replaceAll(/[\u00a0\u202f]/g, ' ')).toContain(words);
    expect(step('paper out')).toMatchObject({ status: 0, card: 'applied', print: 'failed', why: 'PrinterPaperOut' });
    expect(step('printer unplugged')).toMatchObject({ status: 0, print: 'failed', why: 'PrinterUnavailable' });
  });

  it('[T14] takes the amount that the register sends over its serial line', () => {
    expect(step('register set')).toMatchObject({ lamp: { state: 'ok', detail: 'listening' } });
    expect(step('register').registerAmount).toMatchObject({ amountMinor: 4321, receiptNumber: '000077' });
  });

  it('[T37] leaves a journal without a fault, and no process behind', () => {
    expect(step('verify')).toMatchObject({ faults: [] });
    expect(step('stop')).toMatchObject({ status: 0, left: [] });
    expect(walk.exitCode).toBe(0);
  });
});
