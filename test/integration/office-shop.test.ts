import { createHash } from 'node:crypto';
import { verify } from '@node-rs/argon2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FeedItem } from '#contract/central/feed.ts';
import { type CentralClient, type RunningCentral, refusalOf, startCentral } from '#test/harness/central.ts';
import { CentralTill } from '#test/harness/central-till.ts';

let central: RunningCentral;
const sessions = new Map<string, string>();

beforeAll(async () => {
  central = await startCentral();
});
afterAll(() => central?.stop());

async function officeOf(code: string): Promise<CentralClient> {
  const password = central.seed.staff.find((person) => person.code === code)!.pin;
  const token = sessions.get(code) ?? (await central.client().office.signIn({ code, password })).token;
  sessions.set(code, token);
  return withToken(token);
}
const withToken = (token: string) => central.client({ authorization: `Bearer ${token}` });

async function newTill(shop = 1): Promise<CentralTill> {
  const at = central.seed.enrolmentCodes.findIndex((code) => code.shop === shop);
  const [known] = at < 0 ? [] : central.seed.enrolmentCodes.splice(at, 1);
  const office = await officeOf(shop === 1 ? 'manager' : 'manager-2');
  const code = known?.code ?? (await office.office.enrolmentCode({ label: 'Caisse de plus' })).code;
  return CentralTill.enrol(central.url, central.client(), code);
}

/** What the till has been told of a member of staff, last. */
async function fedStaff(till: CentralTill, code: string) {
  const { items } = await till.client().terminals.feed({ terminal: till.id, cursor: 0 });
  return items.map((item) => FeedItem.parse(item)).find((item) => item.item === 'staff' && item.code === code);
}

describe('tills', () => {
  it('[T12] [T41] are listed with what is known of them, page by page and by a search', async () => {
    const tills = [await newTill(), await newTill(), await newTill()];
    tills[0]!.sale(1_000);
    await tills[0]!.push();
    const office = await officeOf('manager');
    const all = await office.office.terminals({});
    expect(all.count).toBe(3);
    const shown = all.rows.find(({ id }) => id === tills[0]!.id)!;
    expect(shown).toMatchObject({ state: 'active', machine: 'test', epoch: 1, entries: 2, revokedAt: null });
    for (const at of [shown.seenAt, shown.lastEntryAt])
      expect(Math.abs(Date.parse(at!) - Date.now())).toBeLessThan(60_000);
    const first = await office.office.terminals({ limit: 2 });
    const second = await office.office.terminals({ limit: 2, before: first.next! });
    expect([...first.rows, ...second.rows].map(({ id }) => id)).toEqual(all.rows.map(({ id }) => id));
    expect(second.next).toBeNull();
    expect((await office.office.terminals({ search: 'de plus' })).rows.map(({ label }) => label)).toContain(
      'Caisse de plus',
    );
    expect(await refusalOf(office.office.terminals({ status: 'lost' }))).toMatchObject({ type: 'InvalidRequest' });
  });

  it('[T25] nothing of a revoked till is accepted after its revocation head', async () => {
    const till = await newTill();
    till.sale(1_000);
    const accepted = await till.push();
    const kept = till.sale(2_000);
    const office = await officeOf('manager');
    const revoked = await office.office.revokeTerminal({ terminal: till.id });
    expect(revoked).toMatchObject({ state: 'revoked', revokedBy: 'manager', entries: 2 });
    const row = await central.owner
      .selectFrom('terminals')
      .select(['revocation_epoch', 'revocation_seq', 'revocation_hash'])
      .where('terminal_id', '=', till.id)
      .executeTakeFirstOrThrow();
    expect([row.revocation_epoch, row.revocation_seq, row.revocation_hash?.toString('hex')]).toEqual([
      accepted.head.epoch,
      accepted.head.seq,
      accepted.head.hash,
    ]);
    expect(await refusalOf(till.push([kept]))).toMatchObject({ type: 'TerminalRevoked', status: 401 });
    expect(await refusalOf(till.client().terminals.feed({ terminal: till.id, cursor: 0 }))).toMatchObject({
      type: 'TerminalRevoked',
    });
    const again = await office.office.revokeTerminal({ terminal: till.id });
    expect(again).toEqual(revoked);
    expect((await office.office.terminals({ status: 'revoked' })).rows.map(({ id }) => id)).toEqual([till.id]);
  });

  it('are another shop’s business there, and an auditor’s to look at only', async () => {
    const theirs = await newTill(2);
    expect(await refusalOf((await officeOf('manager')).office.revokeTerminal({ terminal: theirs.id }))).toMatchObject({
      type: 'NotFound',
    });
    const auditor = await officeOf('auditor');
    const [own] = (await auditor.office.terminals({})).rows;
    expect(await refusalOf(auditor.office.revokeTerminal({ terminal: own!.id }))).toMatchObject({ type: 'NotAllowed' });
  });
});

describe('staff', () => {
  it('[T25] who is added works at the tills: name, role and the hash of the PIN go by the feed', async () => {
    const [office, till] = [await officeOf('manager'), await newTill()];
    const chosen = await office.office.addStaff({ code: 'fatou', name: 'Fatou Diop', role: 'cashier', pin: '314159' });
    expect(chosen).toEqual({
      member: { code: 'fatou', name: 'Fatou Diop', role: 'cashier', active: true, hasBadge: false, login: null },
      pin: null,
    });
    const fed = await fedStaff(till, 'fatou');
    expect(fed).toMatchObject({ name: 'Fatou Diop', role: 'cashier', active: true });
    expect(await verify(fed?.item === 'staff' ? fed.pinHash : '', '314159')).toBe(true);
    const drawn = await office.office.addStaff({ code: 'issa', name: 'Issa', role: 'seller', pin: null });
    expect(drawn.pin).toMatch(/^\d{6}$/);
    const issa = await fedStaff(till, 'issa');
    expect(await verify(issa?.item === 'staff' ? issa.pinHash : '', drawn.pin!)).toBe(true);
    expect(
      await refusalOf(office.office.addStaff({ code: 'issa', name: 'X', role: 'cashier', pin: null })),
    ).toMatchObject({ type: 'StaffCodeTaken', status: 409 });
  });

  it('[T25] a new PIN, a badge and a new role replace the old ones; a badge belongs to one person', async () => {
    const [office, till] = [await officeOf('manager'), await newTill()];
    const { pin } = await office.office.setStaffPin({ code: 'fatou', pin: null });
    await office.office.setStaffBadge({ code: 'fatou', badge: ' BADGE 4471 ' });
    const changed = await office.office.changeStaff({ code: 'fatou', role: 'manager', name: 'Fatou D.' });
    expect(changed.member).toMatchObject({ name: 'Fatou D.', role: 'manager', hasBadge: true });
    const fed = await fedStaff(till, 'fatou');
    expect(fed).toMatchObject({
      role: 'manager',
      badgeHash: createHash('sha256').update('BADGE 4471').digest('hex'),
    });
    expect(await verify(fed?.item === 'staff' ? fed.pinHash : '', pin!)).toBe(true);
    expect(await refusalOf(office.office.setStaffBadge({ code: 'issa', badge: 'BADGE 4471' }))).toMatchObject({
      type: 'StaffCodeTaken',
    });
  });

  it('[T25] who leaves is out of the office at once, and out of the tills by the feed', async () => {
    const [office, till] = [await officeOf('manager'), await newTill()];
    const { member } = await office.office.setStaffPassword({ code: 'fatou', password: 'quatre mots de passe' });
    const session = await central.client().office.signIn({ code: member.login!, password: 'quatre mots de passe' });
    const hers = withToken(session.token);
    expect((await hers.office.staff({ search: 'fatou' })).count).toBe(1);
    await office.office.changeStaff({ code: 'fatou', active: false });
    expect(await refusalOf(hers.office.staff({}))).toMatchObject({ type: 'NotSignedIn' });
    expect(await fedStaff(till, 'fatou')).toMatchObject({ active: false });
    expect((await office.office.staff({ status: 'inactive' })).rows.map(({ code }) => code)).toEqual(['fatou']);
  });

  it('keeps a manager in the shop, the network’s people out of reach, and the office shut to cashiers', async () => {
    const office = await officeOf('manager');
    expect(await refusalOf(office.office.changeStaff({ code: 'manager', role: 'cashier' }))).toMatchObject({
      type: 'LastManager',
    });
    expect(await refusalOf(office.office.changeStaff({ code: 'manager', active: false }))).toMatchObject({
      type: 'LastManager',
    });
    // Another one who cannot enter the office could let nobody in again.
    await office.office.addStaff({ code: 'ines', name: 'Inès', role: 'manager', pin: null });
    for (const shutOut of [
      () => office.office.changeStaff({ code: 'manager', role: 'cashier' }),
      () => office.office.setStaffPassword({ code: 'manager', password: null }),
    ]) {
      expect(await refusalOf(shutOut())).toMatchObject({ type: 'LastManager' });
    }
    expect(await refusalOf(office.office.setStaffPin({ code: 'network-admin', pin: '123456' }))).toMatchObject({
      type: 'NotAllowed',
    });
    expect(
      await refusalOf(office.office.setStaffPassword({ code: 'issa', password: 'quatre mots de passe' })),
    ).toMatchObject({ type: 'NotAllowed' });
    expect(await refusalOf(office.office.changeStaff({ code: 'cashier-2', name: 'X' }))).toMatchObject({
      type: 'NotFound',
    });
    const auditor = await officeOf('auditor');
    expect(
      await refusalOf(auditor.office.addStaff({ code: 'zoe', name: 'Z', role: 'manager', pin: null })),
    ).toMatchObject({ type: 'NotAllowed' });
    expect(
      await refusalOf(office.office.addStaff({ code: 'zoe', name: 'Z', role: 'cashier', pin: '12345' })),
    ).toMatchObject({ type: 'InvalidRequest' });
  });
});

describe('a read-only key', () => {
  let key: string;
  let id: string;

  beforeAll(async () => {
    const till = await newTill();
    till.sale(4_200);
    await till.push();
    const made = await (await officeOf('manager')).office.makeApiKey({ name: 'Comptabilité', days: 30 });
    ({ key } = made);
    ({ id } = made.made);
  });
  const get = (path: string, init: RequestInit = {}) =>
    fetch(central.url + path, { ...init, headers: { authorization: `Bearer ${key}`, ...init.headers } });

  it('[T30] is shown once, kept as a hash, and named with when it was used last', async () => {
    expect(key).toMatch(/^ck_[\w-]{43}$/);
    const stored = JSON.stringify(await central.owner.selectFrom('api_keys').selectAll().execute());
    expect(stored).not.toContain(key);
    const list = async () => (await (await officeOf('manager')).office.apiKeys()).keys;
    expect(await list()).toMatchObject([
      { name: 'Comptabilité', begins: key.slice(0, 7), usedAt: null, state: 'live' },
    ]);
    await get('/v1/office/transactions');
    expect(Math.abs(Date.parse((await list())[0]!.usedAt!) - Date.now())).toBeLessThan(60_000);
  });

  it('[T30] reads the shop’s own transactions and their files', async () => {
    const listed = await (await get('/v1/office/transactions?search=1-')).json();
    expect(listed.transactions.map(({ amountMinor }: { amountMinor: number }) => amountMinor)).toContain(4_200);
    const file = await get('/v1/office/transactions/export?format=csv&language=en');
    expect(await file.text()).toContain(',4200,XOF,');
    const cards = await (await get('/v1/office/ledger/export?format=json')).json();
    expect(cards.map(({ cardNumber, status }: Record<string, unknown>) => [cardNumber, status])).toEqual([
      ['0417209320', 'active'],
    ]);
  });

  it('[T30] opens nothing else, whatever the method', async () => {
    const document = await (await fetch(`${central.url}/v1/openapi.json`)).json();
    const open: string[] = [];
    for (const [path, methods] of Object.entries(document.paths as Record<string, object>)) {
      for (const method of Object.keys(methods)) {
        if (path === '/v1/office/transactions/live') continue;
        const address = path.replace('{list}', 'staff').replaceAll(/\{\w+\}/g, id);
        const response = await get(`${address}?format=csv&link=x`, {
          method: method.toUpperCase(),
          ...(method === 'get' ? {} : { body: '{}', headers: { 'content-type': 'application/json' } }),
        });
        await response.body?.cancel();
        if (response.ok) open.push(`${method.toUpperCase()} ${path}`);
      }
    }
    const readable = ['GET /v1/health', 'GET /v1/office/transactions', 'GET /v1/office/days'];
    expect(open.filter((route) => !readable.includes(route))).toEqual([]);
    expect(open).toContain('GET /v1/office/transactions');
    expect(await refusalOf(withToken(key).office.makeApiKey({ name: 'x' }))).toMatchObject({ type: 'NotSignedIn' });
    expect((await get('/v1/office/transactions/live')).status).toBe(401);
    expect((await get('/v1/office/staff/export?format=csv')).status).toBe(422);
  });

  it('[T30] shows no other shop’s rows (invariant 19)', async () => {
    const theirs = await newTill(2);
    theirs.sale(77_777);
    await theirs.push();
    expect((await (await get(`/v1/office/transactions?terminal=${theirs.id}`)).json()).totals.count).toBe(0);
    expect(await (await get('/v1/office/transactions/export?format=json')).text()).not.toContain('77777');
    const [office, other] = [await officeOf('manager'), await officeOf('manager-2')];
    expect((await other.office.apiKeys()).keys).toEqual([]);
    expect(await refusalOf(other.office.revokeApiKey({ id }))).toMatchObject({ type: 'NotFound' });
    expect((await office.office.apiKeys()).keys[0]!.state).toBe('live');
  });

  it('[T30] asks at most 120 times a minute, over all servers', async () => {
    await central.owner.updateTable('api_keys').set({ requests: 119 }).execute();
    expect((await get('/v1/office/transactions?limit=1')).status).toBe(200);
    const refused = await get('/v1/office/transactions?limit=1');
    expect([refused.status, (await refused.json()).data.type]).toEqual([422, 'TooManyRequests']);
    await central.owner
      .updateTable('api_keys')
      .set({ window_ends_at: new Date(0) })
      .execute();
    expect((await get('/v1/office/transactions?limit=1')).status).toBe(200);
  });

  it('[T30] ends when it is revoked and when its time is over; its name says nothing of it in a log', async () => {
    const office = await officeOf('manager');
    const short = await office.office.makeApiKey({ name: 'Court', days: 1 });
    await central.owner
      .updateTable('api_keys')
      .set({ expires_at: new Date(0) })
      .where('key_id', '=', short.made.id)
      .execute();
    expect(await refusalOf(withToken(short.key).office.transactions({}))).toMatchObject({ type: 'NotSignedIn' });
    expect(await office.office.revokeApiKey({ id })).toMatchObject({ state: 'revoked' });
    expect((await get('/v1/office/transactions')).status).toBe(401);
    expect((await office.office.apiKeys()).keys.map(({ state }) => state)).toEqual(['expired', 'revoked']);
    expect(central.log.join('')).not.toContain(key.slice(3));
  });
});
