import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addTotals, noTotals } from '#contract/counter/add-totals.ts';
import { foldDay } from '#contract/counter/day.ts';
import { localDayIn } from '#contract/counter/local-day.ts';
import { awaAtDay, DayCounter } from '#test/harness/counter-day.ts';
import { must, openingDraft } from '#test/harness/till-store.ts';
import { settle } from '#test/harness/virtual-clock.ts';

let counter: DayCounter;
beforeEach(() => {
  counter = new DayCounter();
});
afterEach(() => {
  expect(counter.defects).toEqual([]);
  counter.remove();
});

const value = <T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};
const state = async () => value(await counter.day.state());
const open = (floatMinor: number, intention: string = randomUUID()) =>
  counter.day.open(awaAtDay, { intention, floatMinor });
const x = (print = true, intention: string = randomUUID()) => counter.day.read(awaAtDay, { intention, print });

describe('a day', () => {
  it('[N1] opens with a float, once; nobody has to open it', async () => {
    expect(await state()).toMatchObject({ number: 1, day: '2026-11-23', expectedMinor: 0, empty: true, lastZ: null });
    counter.sell({ amountMinor: 1250 });
    const intention = randomUUID();
    expect(value(await open(20_000, intention))).toMatchObject({ day: '2026-11-23', floatMinor: 20_000 });
    expect(value(await open(20_000, intention))).toMatchObject({ floatMinor: 20_000 });
    expect(await open(20_000)).toMatchObject({ error: { type: 'DayAlreadyOpen', facts: { day: '2026-11-23' } } });
    expect(await open(9, intention)).toMatchObject({ error: { type: 'IntentionReused' } });
    expect(await state()).toMatchObject({ expectedMinor: 21_250, takingsMinor: 1_250, empty: false });
    expect(counter.kinds().filter((kind) => kind === 'day.opened')).toHaveLength(1);
  });

  it('[N1] is looked at any time, on the screen without a trace, on paper as a fact before the paper', async () => {
    counter.sell({ amountMinor: 1250 });
    const before = counter.kinds();
    expect(value(await x(false))).toMatchObject({ takingsMinor: 1_250, ticketNumber: null });
    expect(counter.kinds()).toEqual(before);
    let onRecord: string[] = [];
    counter.print = async () => {
      onRecord = counter.kinds();
      return { print: 'confirmed', why: null };
    };
    const intention = randomUUID();
    const first = value(await x(true, intention));
    expect(onRecord.at(-1)).toBe('day.read');
    counter.sell({ amountMinor: 500 });
    expect(value(await x(true, intention))).toEqual(first);
    expect(counter.tickets).toHaveLength(1);
    expect(counter.lastTicket()).toMatch(/^X\s+n° 0001/m);
    expect(value(await x(false))).toMatchObject({ takingsMinor: 1_750 });
    expect((await state()).number).toBe(1);
  });

  it('[N1] ends with a Z that says all of it, and the next begins at nothing', async () => {
    value(await open(20_000));
    counter.sell({ amountMinor: 10_000, points: 100 });
    counter.sell({ amountMinor: 5_000, points: 50, tender: 'other' });
    value(
      await counter.day.moveCash(awaAtDay, {
        intention: randomUUID(),
        amountMinor: -8_000,
        reason: 'Banque',
        approvedBy: null,
      }),
    );
    const closed = value(await counter.close(22_000));
    expect(closed).toMatchObject({
      number: 1,
      day: '2026-11-23',
      takingsMinor: 15_000,
      expectedMinor: 22_000,
      differenceMinor: 0,
      reason: null,
      print: 'confirmed',
      ticketNumber: '2-Z1',
    });
    expect(counter.lastTicket()).toBe(closed.ticket.lines.join('\n'));
    expect(counter.tickets.at(-1)?.drawer).toBe(true);
    for (const words of [
      'BOULANGERIE DU PORT',
      'Z\u00a0\u00a0n° 0001',
      'FIDÉLITÉ\u00a0\u00a02 achats',
      'Fond de caisse',
      'Espèces retirées',
      'Espèces comptées',
    ]) {
      expect(counter.lastTicket()).toContain(words);
    }
    expect(counter.lastTicket()).not.toContain('PROJET');
    expect(await state()).toMatchObject({
      number: 2,
      takingsMinor: 0,
      empty: true,
      lastZ: { number: 1, day: '2026-11-23' },
    });
    expect(await counter.close(0)).toMatchObject({ error: { type: 'NothingToClose' } });
  });

  it('[N1] is not closed on a difference without its reason; with it, both are on record', async () => {
    counter.sell({ amountMinor: 1250 });
    const intention = randomUUID();
    expect(await counter.close(1_000, { intention })).toMatchObject({
      error: { type: 'CountDiffers', facts: { expectedMinor: 1_250, countedMinor: 1_000, differenceMinor: -250 } },
    });
    expect(counter.kinds()).not.toContain('day.closed');
    const closed = value(await counter.close(1_000, { intention, reason: 'Rendu de trop' }));
    expect(closed).toMatchObject({ differenceMinor: -250, reason: 'Rendu de trop' });
    expect(counter.lastTicket()).toContain('Motif : Rendu de trop');
    expect(value(await counter.close(1_000, { intention }))).toEqual(closed);
    expect(await counter.close(999, { intention })).toMatchObject({ error: { type: 'IntentionReused' } });
  });

  it('counted blind shows no expected sum before, on screen or paper, and the Z says that it was blind', async () => {
    counter.settings = { ...counter.settings, blindCount: true };
    counter.sell({ amountMinor: 1250 });
    expect(await state()).toMatchObject({ blind: true, expectedMinor: null, totals: { cash: { salesMinor: 0 } } });
    expect(value(await x(true))).toMatchObject({ expectedMinor: null });
    expect(counter.lastTicket()).not.toContain('attendues');
    expect(value(await counter.close(1_250))).toMatchObject({ blind: true, expectedMinor: 1_250 });
    expect(counter.lastTicket()).toContain('attendues');
  });

  it('that was closed too early: what comes after is in the next Z, late, at its own date', async () => {
    counter.sell({ amountMinor: 1250 });
    value(await counter.close(1_250));
    const tomorrow = { intention: randomUUID(), floatMinor: 0 };
    counter.sell({ amountMinor: 700 });
    await counter.clock.advance(86_400_000);
    value(await counter.day.open(awaAtDay, tomorrow));
    expect(await state()).toMatchObject({ day: '2026-11-24', late: { count: 1, amountMinor: 700 } });
    const closed = value(await counter.close(700));
    expect(closed).toMatchObject({ number: 2, day: '2026-11-24', late: { count: 1, amountMinor: 700 } });
    expect(counter.lastTicket()).toMatch(/dont à une date d’avant\s+1 +700/);
  });
});

describe('a Z', () => {
  it('[N1] is durable before its paper; a kill between them leaves it standing, its ticket unknown, printed by nobody again', async () => {
    counter.sell({ amountMinor: 1250 });
    counter.print = () => new Promise(() => {});
    const intention = randomUUID();
    void counter.close(1_250, { intention });
    await settle();
    expect(counter.kinds().at(-1)).toBe('day.closed');
    counter.restart();
    counter.restart();
    expect(counter.entries().filter(({ kind }) => kind === 'ticket.outcome')).toMatchObject([
      { intention, body: { ticketNumber: '2-Z1', outcome: 'unknown', why: 'Restart' } },
    ]);
    expect(value(await counter.close(1_250, { intention }))).toMatchObject({ number: 1, print: 'unknown' });
    expect(counter.tickets).toHaveLength(1);
    expect(await state()).toMatchObject({ number: 2, empty: true });
  });

  it('is printed again as a numbered DUPLICATA, each asked for by a person, with the words it had', async () => {
    counter.sell({ amountMinor: 1250 });
    const z = randomUUID();
    value(await counter.close(1_250, { intention: z }));
    const original = counter.lastTicket();
    const intention = randomUUID();
    const reprint = (id: string) => counter.day.reprint(awaAtDay, { intention: id, z });
    expect(value(await reprint(intention))).toMatchObject({ copy: 1, print: 'confirmed' });
    expect(counter.lastTicket().split('\n')[0]?.trim()).toBe('*** DUPLICATA 1 ***');
    expect(counter.lastTicket().split('\n').slice(1).join('\n')).toBe(original);
    expect(counter.tickets.at(-1)?.drawer).toBe(false);
    expect(value(await reprint(intention))).toMatchObject({ copy: 1 });
    counter.restart();
    expect(value(await reprint(randomUUID()))).toMatchObject({ copy: 2 });
    expect(counter.tickets).toHaveLength(3);
    expect(await reprint(z)).toMatchObject({ error: { type: 'IntentionReused' } });
    expect(await counter.day.reprint(awaAtDay, { intention: randomUUID(), z: intention })).toMatchObject({
      error: { type: 'EntryNotFound' },
    });
  });

  it('[N1] asked for twice at once is one', async () => {
    counter.sell({ amountMinor: 1250 });
    const intention = randomUUID();
    const answers = await Promise.all([counter.close(1_250, { intention }), counter.close(1_250, { intention })]);
    expect(value(answers[0]!)).toEqual(value(answers[1]!));
    expect(counter.kinds().filter((kind) => kind === 'day.closed')).toHaveLength(1);
    expect(counter.tickets).toHaveLength(1);
  });

  it('[N1] is numbered without a gap, over restarts and over the epoch of a restored till', async () => {
    const numbers: number[] = [];
    for (let day = 0; day < 5; day += 1) {
      counter.sell({ amountMinor: 100 });
      if (day === 2) counter.restart();
      if (day === 3) counter.newEpoch();
      numbers.push(value(await counter.close(100)).number);
    }
    expect(numbers).toEqual([1, 2, 3, 4, 5]);
    expect(
      counter
        .entries()
        .filter(({ kind }) => kind === 'day.closed')
        .at(-1),
    ).toMatchObject({
      epoch: 2,
      body: { ticketNumber: '2.2-Z5' },
    });
  });

  it('[N1] [T27] a restored till goes on from the last Z that the server knows, not from its own', async () => {
    counter.sell({ amountMinor: 100 });
    expect(value(await counter.close(100)).number).toBe(1);
    counter.newEpoch();
    counter.lastZ = 7;
    counter.sell({ amountMinor: 100 });
    expect((await counter.day.state()) as object).toMatchObject({ value: { number: 8 } });
    expect(value(await counter.close(100)).number).toBe(8);
    counter.sell({ amountMinor: 100 });
    expect(value(await counter.close(100)).number).toBe(9);
  });

  it('[N1] [T37] counts each entry once when the end of the journal was set aside and stated again', async () => {
    const { till, store, journal } = counter;
    counter.sell({ amountMinor: 100 });
    const common = store.reader.head()!;
    counter.sell({ amountMinor: 250 });
    counter.sell({ amountMinor: 300 });
    const sums = { expectedMinor: 650 };
    expect((await counter.day.state()) as object).toMatchObject({ value: sums });
    must(journal.reissue(openingDraft(till, common), 4));
    expect((await counter.day.state()) as object).toMatchObject({ value: sums });
    counter.sell({ amountMinor: 50 });
    expect(value(await counter.close(700))).toMatchObject({ number: 1, differenceMinor: 0 });
  });

  it('[N1] counts every entry of the journal once, and none twice, whatever happens in between', async () => {
    const localDay = localDayIn('Africa/Lome');
    const act = fc.constantFrom('sell', 'sell', 'sell', 'x', 'cash', 'drawer', 'close', 'close', 'restart', 'epoch');
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 25 }), async (acts) => {
        const one = new DayCounter();
        for (const what of acts) {
          if (what === 'sell') one.sell({ amountMinor: 100 });
          else if (what === 'x') await one.day.read(awaAtDay, { intention: randomUUID(), print: true });
          else if (what === 'cash')
            await one.day.moveCash(awaAtDay, {
              intention: randomUUID(),
              amountMinor: 50,
              reason: 'appoint',
              approvedBy: null,
            });
          else if (what === 'drawer')
            await one.day.openDrawer(awaAtDay, {
              intention: randomUUID(),
              reason: 'change',
              note: null,
              approvedBy: null,
            });
          else if (what === 'close') await one.close(0, { reason: 'compté' });
          else if (what === 'restart') one.restart();
          else one.newEpoch();
        }
        const entries = one.entries();
        const closings = entries.filter((entry) => entry.kind === 'day.closed');
        const since = (await one.day.state()) as { ok: true; value: { totals: typeof noTotals } };
        const counted = [...closings.map(({ body }) => body.totals), since.value.totals].reduce(addTotals, noTotals);
        expect(counted).toEqual(
          foldDay(
            entries.filter(({ kind }) => kind !== 'day.closed'),
            localDay,
          ),
        );
        expect(closings.map(({ body }) => body.number)).toEqual(closings.map((_, index) => index + 1));
        one.remove();
      }),
      { numRuns: 15 },
    );
  }, 60_000);
});

describe('the drawer', () => {
  it('opens for a logged reason: on record before the pulse, and a repeat opens nothing', async () => {
    let onRecord: string[] = [];
    counter.print = async () => {
      onRecord = counter.kinds();
      return { print: 'sent', why: null };
    };
    const asked = {
      intention: randomUUID(),
      reason: 'change' as const,
      note: 'pièces',
      approvedBy: { code: 'marc', role: 'manager' },
    };
    expect(value(await counter.day.openDrawer(awaAtDay, asked))).toMatchObject({ print: 'sent' });
    expect(onRecord.at(-1)).toBe('drawer.opened');
    expect(counter.tickets).toEqual([{ language: 'fr', lines: [], cut: 'none', drawer: true }]);
    expect(value(await counter.day.openDrawer(awaAtDay, asked))).toMatchObject({ print: 'sent' });
    expect(await counter.day.openDrawer(awaAtDay, { ...asked, reason: 'other' })).toMatchObject({
      error: { type: 'IntentionReused' },
    });
    expect(counter.tickets).toHaveLength(1);
    expect(counter.entries().find(({ kind }) => kind === 'drawer.opened')).toMatchObject({
      staff: '1001',
      role: 'cashier',
      body: { reason: 'change', note: 'pièces', approvedBy: { code: 'marc', role: 'manager' } },
    });
    expect((await state()).totals.drawer).toEqual([{ reason: 'change', count: 1 }]);
  });

  it('takes cash in and gives it out with a paper to sign, and the expected sum follows', async () => {
    const move = (amountMinor: number) =>
      counter.day.moveCash(awaAtDay, { intention: randomUUID(), amountMinor, reason: 'Monnaie', approvedBy: null });
    value(await move(5_000));
    expect(counter.lastTicket()).toMatch(/ESPÈCES AJOUTÉES +5.000/);
    value(await move(-2_000));
    expect(counter.lastTicket()).toMatch(/ESPÈCES RETIRÉES +2.000/);
    expect(await state()).toMatchObject({ expectedMinor: 3_000, empty: false });
  });
});
