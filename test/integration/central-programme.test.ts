import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectionOf } from '#backend/db/connection.ts';
import { migrate } from '#backend/db/migrate.ts';
import { openPool } from '#backend/db/pool.ts';
import type { Tables } from '#backend/db/tables.ts';
import { type Programme, programmeToFile, purchasePoints } from '#contract/loyalty/programme.ts';
import { defaultSettings } from '#contract/loyalty/shop-settings.ts';
import { type CentralClient, type RunningCentral, refusalOf, startCentral } from '#test/harness/central.ts';
import { CentralTill } from '#test/harness/central-till.ts';

let central: RunningCentral;
let manager: CentralClient;
let till: CentralTill;
const pinOf = (code: string) => central.seed.staff.find((person) => person.code === code)!.pin;

async function officeOf(code: string): Promise<CentralClient> {
  const { token } = await central.client().office.signIn({ code, password: pinOf(code) });
  return central.client({ authorization: `Bearer ${token}` });
}

beforeAll(async () => {
  central = await startCentral();
  manager = await officeOf('manager');
  const code = central.seed.enrolmentCodes.find(({ shop }) => shop === 1)!.code;
  till = await CentralTill.enrol(central.url, central.client(), code);
});
afterAll(() => central?.stop());

/** What a till of the shop has after a feed round from the beginning. */
async function feedItem<K extends 'programme' | 'settings'>(item: K) {
  const { items } = await till.client().terminals.feed({ terminal: till.id, cursor: 0 });
  return items.filter((found) => found.item === item);
}

const current = async () => (await manager.office.programme.show()).current;
const richer = (programme: Programme): Programme => ({
  ...programme,
  earn: { ...programme.earn, steps: [{ fromAmountMinor: 10_000, points: 2, perAmountMinor: 100 }] },
});
const contradictory = (programme: Programme): Programme => ({
  ...programme,
  earn: { ...programme.earn, steps: [{ fromAmountMinor: 10_000, points: 1, perAmountMinor: 500 }] },
});

describe('the programme', () => {
  it('[T18] a draft is kept with its contradictions, tried beside the rules in force, and changes nothing', async () => {
    const before = await manager.office.programme.show();
    const { programme: calls } = manager.office;
    const draft = await calls.saveDraft({ programme: contradictory(before.current), basedOn: before.current.version });
    expect(draft).toMatchObject({ by: 'Nadège Koffi', contradictions: [{ rule: 'earn.steps.0', why: 'step-lowers' }] });
    expect((await manager.office.programme.show()).draft).toEqual(draft);
    const wallMs = Date.parse('2026-11-24T12:00:00Z');
    const purchases = [1_250, 20_000].map((amountMinor) => ({ amountMinor, wallMs }));
    const tried = await calls.tryOut({ programme: richer(before.current), purchases });
    expect(tried.current.map(({ earned }) => earned)).toEqual([12, 200]);
    expect(tried.draft.map(({ earned }) => earned)).toEqual([12, 400]);
    expect(tried.contradictions).toEqual([]);
    expect((await current()).version).toBe(before.current.version);
    await calls.discardDraft();
    expect((await calls.show()).draft).toBeNull();
  });

  it('[T18] publishing makes the next version, which the tills have at their next feed round; the old one stays', async () => {
    const old = await current();
    await manager.office.programme.saveDraft({ programme: richer(old), basedOn: old.version });
    const { programme } = await manager.office.programme.publish({ programme: richer(old), basedOn: old.version });
    expect(programme).toMatchObject({ version: old.version + 1, timeZone: 'Africa/Abidjan' });
    expect(await feedItem('programme')).toEqual([{ item: 'programme', programme }]);
    const { versions, draft } = await manager.office.programme.show();
    expect(draft).toBeNull();
    expect(versions.slice(0, 2)).toEqual([
      { version: programme.version, atMs: programme.publishedAtMs, by: 'Nadège Koffi' },
      { version: old.version, atMs: null, by: null },
    ]);
    expect((await manager.office.programme.version({ version: old.version })).programme).toEqual(old);
    expect(await refusalOf(manager.office.programme.version({ version: 99 }))).toMatchObject({ status: 404 });
  });

  it('[T18] the till computes with what it was sent what the office was shown', async () => {
    const [item] = await feedItem('programme');
    if (item?.item !== 'programme') throw new Error('no programme in the feed');
    const wallMs = Date.parse('2026-12-24T18:30:00Z');
    const amounts = [99, 1_250, 9_999, 10_000, 333_333];
    const { current: shown } = await manager.office.programme.tryOut({
      programme: item.programme,
      purchases: amounts.map((amountMinor) => ({ amountMinor, wallMs, weeksAway: null, birthdayToday: true })),
    });
    const atTheTill = amounts.map((amountMinor) =>
      purchasePoints(item.programme, {
        amountMinor,
        excludedMinor: 0,
        wallMs,
        timeZone: 'Europe/Paris',
        card: { balance: 0, lastVisitMs: null, firstVisit: true },
        birthday: '12-24',
        birthdayBonusYear: null,
      }),
    );
    expect(shown).toEqual(atTheTill);
  });

  it('[T18] of two who publish on the same version, at the same time too, one is told that it has changed', async () => {
    const base = await current();
    const publish = async (name: string) =>
      manager.office.programme.publish({ programme: { ...base, name }, basedOn: base.version });
    const answers = await Promise.allSettled(['A', 'B', 'C'].map(publish));
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await refusalOf(publish('late'))).toEqual({
      type: 'VersionChanged',
      facts: { version: base.version + 1 },
      status: 409,
    });
    expect((await current()).version).toBe(base.version + 1);
  });

  it('[T18] refuses contradictory rules naming one, and a file as a whole', async () => {
    const base = await current();
    const refused = await refusalOf(
      manager.office.programme.publish({ programme: contradictory(base), basedOn: base.version }),
    );
    expect(refused).toMatchObject({
      type: 'ProgrammeContradictory',
      facts: { rule: 'earn.steps.0', why: 'step-lowers', count: 1 },
    });
    const importFile = (text: string) => manager.office.programme.importFile({ text });
    const file = programmeToFile(richer(base));
    const wrong = file.replace('"perAmount": "100"', '"perAmount": "100.5"');
    expect(await refusalOf(importFile(wrong))).toMatchObject({
      type: 'ProgrammeContradictory',
      facts: { rule: 'earn.perAmount', why: 'amount-decimals', exponent: 0 },
    });
    expect((await manager.office.programme.show()).draft).toBeNull();
    const imported = await importFile(file);
    expect(imported.programme.earn.steps).toEqual(richer(base).earn.steps);
    expect((await manager.office.programme.show()).draft).toEqual(imported);
    expect((await current()).version).toBe(base.version);
  });

  it('lets the auditor look and try, and change nothing; shows a shop its own programme alone', async () => {
    const auditor = await officeOf('auditor');
    const shown = await auditor.office.programme.show();
    expect(shown.mayWrite).toBe(false);
    const rules = { programme: shown.current, basedOn: shown.current.version };
    const calls = auditor.office.programme;
    for (const call of [() => calls.saveDraft(rules), () => calls.discardDraft(), () => calls.publish(rules)]) {
      expect(await refusalOf(call())).toMatchObject({ type: 'NotAllowed' });
    }
    const saving = { settings: defaultSettings, basedOn: 0 };
    expect(await refusalOf(auditor.office.settings.save(saving))).toMatchObject({ type: 'NotAllowed' });
    const theirs = await officeOf('manager-2');
    const other = await theirs.office.programme.show();
    expect(other.current.id).toBe('plateau');
    expect(other.draft).toBeNull();
    const mine = { programme: shown.current, basedOn: other.current.version };
    expect(await refusalOf(theirs.office.programme.publish(mine))).toMatchObject({ type: 'ProgrammeContradictory' });
    expect(await refusalOf(central.client().office.programme.show())).toMatchObject({
      type: 'NotSignedIn',
      status: 401,
    });
  });

  it('keeps what was published as it was: the server’s own role may not change it', async () => {
    const change = (table: 'programmes' | 'shop_settings') =>
      central.app.updateTable(table).set({ version: 7 }).execute();
    await expect(change('programmes')).rejects.toMatchObject({ code: '42501' });
    await expect(change('shop_settings')).rejects.toMatchObject({ code: '42501' });
  });
});

describe('the settings', () => {
  it('begin with what does for any shop, are changed by compare-and-set, and reach the tills', async () => {
    const theirs = await officeOf('manager-2');
    expect(await theirs.office.settings.show()).toEqual({
      settings: defaultSettings,
      version: 0,
      atMs: null,
      by: null,
      mayWrite: true,
    });
    // The demonstration's first shop has said something already.
    const { settings: first, version } = await manager.office.settings.show();
    expect(version).toBe(1);
    expect(await feedItem('settings')).toEqual([{ item: 'settings', settings: first }]);
    const settings = { ...defaultSettings, offlineSpendCapPoints: 250, idleLockSeconds: null };
    expect(await manager.office.settings.save({ settings, basedOn: 1 })).toEqual({ version: 2 });
    expect(await refusalOf(manager.office.settings.save({ settings, basedOn: 1 }))).toMatchObject({
      type: 'VersionChanged',
      facts: { version: 2 },
    });
    expect(await feedItem('settings')).toEqual([{ item: 'settings', settings }]);
    expect(await manager.office.settings.show()).toMatchObject({ settings, version: 2, by: 'Nadège Koffi' });
    expect(await theirs.office.settings.show()).toMatchObject({ settings: defaultSettings, version: 0 });
  });

  it('refuses what no counter can do', async () => {
    const settings = { ...defaultSettings, idleLockSeconds: 3 };
    expect(await refusalOf(manager.office.settings.save({ settings, basedOn: 1 }))).toMatchObject({
      type: 'InvalidRequest',
    });
  });
});

describe('migration 5', () => {
  it('carries the versions that were there: each means what it meant, published by nobody', async () => {
    await sql`CREATE DATABASE programmes_carried`.execute(central.owner);
    const url = new URL(central.databaseUrl);
    url.pathname = '/programmes_carried';
    const old = openPool<Tables>(connectionOf(url.href), { max: 1, onError: () => {} });
    try {
      await migrate(old, '0004-relays');
      const stored = { id: 'shop', version: 1, name: 'P', currency: 'XOF', earn: { points: 1, perAmountMinor: 100 } };
      const tenant = '0190f7a0-0000-7000-8000-00000000000a';
      await sql`INSERT INTO programmes (tenant_id, programme_id, version, programme)
        VALUES (${tenant}, 'shop', 1, ${JSON.stringify({ ...stored, gifts: [] })})`.execute(old);
      expect(await migrate(old, '0005-programmes')).toEqual(['0005-programmes']);
      const carried = await old.selectFrom('programmes').selectAll().execute();
      expect(carried).toEqual([
        {
          tenant_id: tenant,
          programme_id: 'shop',
          version: 1,
          programme: { ...stored, gifts: [] },
          published_at: null,
          published_by: null,
        },
      ]);
    } finally {
      await old.destroy();
    }
  });
});

describe('a demonstration that an older Comptoir began', () => {
  it('gets the new rules at the next start, in the feed too', async () => {
    const begun = await startCentral({ keep: true });
    const akwaba = begun.owner.updateTable('programmes').where('programme_id', '=', 'akwaba');
    await akwaba.set({ version: 1 }).execute();
    await begun.owner.deleteFrom('feed_items').where('item_key', '=', 'programme/akwaba').execute();
    await begun.stop();
    const again = await startCentral({ folder: begun.folder });
    const versions = again.owner.selectFrom('programmes').select('version').where('programme_id', '=', 'akwaba');
    expect(await versions.orderBy('version').execute()).toEqual([{ version: 1 }, { version: 2 }]);
    const item = again.owner.selectFrom('feed_items').select('item').where('item_key', '=', 'programme/akwaba');
    expect((await item.executeTakeFirst())?.item).toMatchObject({ programme: { version: 2, welcomePoints: 50 } });
    await again.stop();
  });
});
