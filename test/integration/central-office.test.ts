import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { centralContract, type OfficeTransaction } from '#contract/central/index.ts';
import { type CentralClient, type RunningCentral, refusalOf, startCentral } from '#test/harness/central.ts';
import { CentralTill } from '#test/harness/central-till.ts';

let central: RunningCentral;
const tokens = new Map<string, string>();
const pinOf = (code: string) => central.seed.staff.find((person) => person.code === code)!.pin;
const codeOf = (shop: number) => central.seed.enrolmentCodes.findIndex((code) => code.shop === shop);

beforeAll(async () => {
  central = await startCentral();
});
afterAll(() => central?.stop());

async function officeOf(code: string): Promise<CentralClient> {
  const token = tokens.get(code) ?? (await central.client().office.signIn({ code, password: pinOf(code) })).token;
  tokens.set(code, token);
  return central.client({ authorization: `Bearer ${token}` });
}

async function newTill(shop = 1): Promise<CentralTill> {
  const [{ code } = { code: '' }] = central.seed.enrolmentCodes.splice(codeOf(shop), 1);
  return CentralTill.enrol(central.url, central.client(), code);
}

/** The next items of a stream; fails when they do not come in time. */
async function take<T>(stream: AsyncIterator<T>, count: number): Promise<T[]> {
  const items: T[] = [];
  while (items.length < count) {
    const late = AbortSignal.timeout(10_000);
    const next = await Promise.race([
      stream.next(),
      new Promise<never>((_resolve, reject) => late.addEventListener('abort', () => reject(new Error('nothing came')))),
    ]);
    if (next.done) throw new Error('the stream ended');
    items.push(next.value);
  }
  return items;
}

describe('sign-in', () => {
  it('opens a session for those who run the shop, and says whose shop it is', async () => {
    const signedIn = await central.client().office.signIn({ code: 'manager', password: pinOf('manager') });
    expect(signedIn).toMatchObject({
      name: 'Nadège Koffi',
      role: 'manager',
      tenantName: 'Supérette Akwaba',
      currency: 'XOF',
    });
    const stored = await central.owner.selectFrom('sessions').selectAll().execute();
    expect(JSON.stringify(stored)).not.toContain(signedIn.token);
  });

  it('answers a wrong password and an unknown code alike, and lets the counter stay behind', async () => {
    const signIn = (code: string) => refusalOf(central.client().office.signIn({ code, password: '000000' }));
    expect(await signIn('seller')).toEqual(await signIn('nobody-at-all'));
    expect(await signIn('seller')).toEqual({ type: 'SignInRefused', status: 422 });
  });

  it('lets five attempts through in a quarter of an hour, then none, the right password neither', async () => {
    const signIn = (password: string) => refusalOf(central.client().office.signIn({ code: 'carrier', password }));
    for (let attempt = 1; attempt <= 5; attempt++) expect((await signIn('000000')).type).toBe('SignInRefused');
    const { type, facts } = await signIn(pinOf('carrier'));
    expect(type).toBe('SignInThrottled');
    expect(facts!.waitMs).toBeGreaterThan(0);
  });

  it('keeps the till’s roles out, lets the auditor look but not enrol, and ends a session for good', async () => {
    const signIn = (code: string) => central.client().office.signIn({ code, password: pinOf(code) });
    expect(await refusalOf(signIn('cashier'))).toMatchObject({ type: 'NotAllowed' });
    const auditor = await officeOf('auditor');
    expect((await auditor.office.transactions({})).transactions).toEqual([]);
    expect(await refusalOf(auditor.office.enrolmentCode({ label: 'x' }))).toMatchObject({ type: 'NotAllowed' });
    await auditor.office.signOut();
    expect(await refusalOf(auditor.office.transactions({}))).toMatchObject({ type: 'NotSignedIn', status: 401 });
    expect(await refusalOf(central.client().office.transactions({}))).toMatchObject({ type: 'NotSignedIn' });
  });
});

describe('transactions', () => {
  let till: CentralTill;
  let office: CentralClient;
  let elsewhere: CentralTill;

  beforeAll(async () => {
    till = await newTill();
    office = await officeOf('manager');
    const days = ['2026-11-01', '2026-11-01', '2026-11-02', '2026-11-03'];
    for (const [index, day] of days.entries()) {
      till.sale(1_000 * (index + 1), {
        wallTime: `${day}T23:59:59.${100 + index}Z`,
        cardNumber: `041720932${index % 2}`,
      });
    }
    till.cardOutcome(till.entries[2]!.entry.intention, 'unknown');
    await till.push();
  });

  it('[T41] lists them newest first, page by page, with the totals and days of the whole selection', async () => {
    const first = await office.office.transactions({ limit: 3 });
    expect(first.transactions.map(({ amountMinor }) => amountMinor)).toEqual([4_000, 3_000, 2_000]);
    const second = await office.office.transactions({ limit: 3, before: first.next! });
    expect(second.transactions.map(({ amountMinor }) => amountMinor)).toEqual([1_000]);
    expect(second.next).toBeNull();
    for (const { totals, days } of [first, second]) {
      expect(totals).toEqual({ count: 4, amountMinor: 10_000, points: 100, cards: 2 });
      expect(days).toEqual([
        { day: '2026-11-01', amountMinor: 3_000, count: 2 },
        { day: '2026-11-02', amountMinor: 3_000, count: 1 },
        { day: '2026-11-03', amountMinor: 4_000, count: 1 },
      ]);
    }
    expect(first.transactions[0]).toMatchObject({
      terminalLabel: till.enrolment.label,
      staffName: 'Awa Koné',
      late: true,
      ticketNumber: '1-000005',
      cardOutcome: null,
    });
    expect(first.terminals).toContainEqual({ id: till.id, label: till.enrolment.label });
  });

  it('selects by day, till, card, ticket and person', async () => {
    const amounts = async (filter: object) =>
      (await office.office.transactions(filter)).transactions.map(({ amountMinor }) => amountMinor);
    expect(await amounts({ from: '2026-11-02', to: '2026-11-02' })).toEqual([3_000]);
    expect(await amounts({ to: '2026-11-01' })).toEqual([2_000, 1_000]);
    expect(await amounts({ terminal: till.id, search: '0417 2093 21' })).toEqual([4_000, 2_000]);
    expect(await amounts({ search: '1-000002' })).toEqual([1_000]);
    expect(await amounts({ search: 'awa' })).toHaveLength(4);
    expect(await amounts({ search: '%' })).toEqual([]);
    expect(await amounts({ terminal: 'elsewhere' })).toEqual([]);
    expect(await refusalOf(office.office.transactions({ from: 'yesterday' }))).toMatchObject({
      type: 'InvalidRequest',
    });
    expect(await refusalOf(office.office.transactions({ before: "x'--" }))).toMatchObject({ type: 'InvalidRequest' });
    expect(await refusalOf(office.office.transactions({ limit: 1_000 }))).toMatchObject({ type: 'InvalidRequest' });
  });

  it('shows the settled outcome of a torn card, which a late `unknown` does not hide', async () => {
    const { intention } = till.entries[2]!.entry;
    const outcome = async () =>
      (await office.office.transactions({ search: '1-000003' })).transactions.map(({ cardOutcome }) => cardOutcome);
    expect(await outcome()).toEqual(['unknown']);
    till.cardOutcome(intention, 'applied');
    till.cardOutcome(intention, 'unknown');
    await till.push(till.entries.slice(-2));
    expect(await outcome()).toEqual(['applied']);
  });

  it('shows a shop its own transactions alone', async () => {
    elsewhere = await newTill(2);
    elsewhere.sale(77_000);
    await elsewhere.push();
    const theirs = await officeOf('manager-2');
    expect((await theirs.office.transactions({})).totals).toMatchObject({ count: 1, amountMinor: 77_000 });
    expect((await theirs.office.transactions({ terminal: till.id })).totals.count).toBe(0);
    expect((await theirs.office.transactions({})).terminals.map(({ id }) => id)).toEqual([elsewhere.id]);
    expect((await office.office.transactions({ search: '77' })).totals.count).toBe(0);
  });

  it('[T41] gives each new transaction to a page that watches, with its later outcome, and no other shop’s', async () => {
    const stream = (await office.office.live())[Symbol.asyncIterator]();
    const theirs = (await (await officeOf('manager-2')).office.live())[Symbol.asyncIterator]();
    const sale = till.sale(1_250);
    await till.push([sale]);
    const [seen] = (await take(stream, 1)) as [OfficeTransaction];
    expect(seen).toMatchObject({ intention: sale.entry.intention, amountMinor: 1_250, late: false, cardOutcome: null });
    const outcome = till.cardOutcome(sale.entry.intention, 'applied');
    const another = till.sale(90);
    await till.push([outcome, another]);
    const both = await take(stream, 2);
    expect(both.map(({ amountMinor, cardOutcome }) => [amountMinor, cardOutcome])).toEqual([
      [1_250, 'applied'],
      [90, null],
    ]);
    const far = elsewhere.sale(33);
    await elsewhere.push([far]);
    expect((await take(theirs, 1))[0]).toMatchObject({ intention: far.entry.intention });
    await stream.return?.();
    await theirs.return?.();
  });

  it('cuts a watching page off when its session ends', async () => {
    const { token } = await central.client().office.signIn({ code: 'network-admin', password: pinOf('network-admin') });
    const admin = central.client({ authorization: `Bearer ${token}` });
    const stream = (await admin.office.live())[Symbol.asyncIterator]();
    const end = stream.next();
    await admin.office.signOut();
    expect(await end).toMatchObject({ done: true });
  });
});

/** Every route that the contract's map names, as `GET /v1/health`. */
function routesOf(part: object): string[] {
  if ('~orpc' in part) {
    const { method, path } = (part['~orpc'] as { route: { method: string; path: string } }).route;
    return [`${method} ${path}`];
  }
  return Object.values(part).flatMap(routesOf);
}

describe('web application', () => {
  type Document = { openapi: string; paths: Record<string, Record<string, { responses: object }>> };

  it('describes every route of its contract in an OpenAPI 3.1 document', async () => {
    const document = (await (await fetch(`${central.url}/v1/openapi.json`)).json()) as Document;
    expect(document.openapi).toMatch(/^3\.1\./);
    const routes = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(routes.toSorted()).toEqual(routesOf(centralContract).toSorted());
    expect(routes).toContain('POST /v1/terminals/{terminal}/journal');
    // Asked by nobody in particular: these answer, or say what is missing; all others ask who it is before they look at anything.
    const open: Record<string, number> = {};
    for (const route of routes) {
      const [method, path] = route.split(' ') as [string, string];
      const { status } = await fetch(central.url + path.replaceAll(/\{\w+\}/g, 'x'), { method });
      if (status !== 401) open[route] = status;
    }
    expect(open).toEqual({
      'GET /v1/exports': 422,
      'GET /v1/health': 200,
      'GET /v1/time': 422,
      'POST /v1/enrolments': 422,
      'POST /v1/office/sessions': 422,
      'POST /v1/portal/sessions': 422,
    });
  });

  it('refuses what it cannot read with a typed error, and sends strict headers with everything', async () => {
    const post = (body: string, type = 'application/json') =>
      fetch(`${central.url}/v1/office/sessions`, { method: 'POST', body, headers: { 'content-type': type } });
    const refused = async (response: Response) => [response.status, (await response.json()).data?.type];
    expect(await refused(await post('{"code":'))).toEqual([400, 'InvalidRequest']);
    expect(await refused(await post('{"code":7}'))).toEqual([422, 'InvalidRequest']);
    expect(await refused(await post('code=7', 'text/plain'))).toEqual([415, 'InvalidRequest']);
    expect(await refused(await post(JSON.stringify('x'.repeat(5_000_000))))).toEqual([413, 'InvalidRequest']);
    const nowhere = await fetch(`${central.url}/v1/nowhere`);
    expect(nowhere.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(nowhere.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await refused(nowhere)).toEqual([404, 'NotFound']);
  });

  it('calls no value what is none: a day there never was, a number out of range, a state named like a property', async () => {
    const { office } = await officeOf('manager');
    const day = '2026-02-31';
    const cursor = Buffer.from(JSON.stringify([`${day} 00:00:00+00`, '0417209320'])).toString('base64url');
    const status = 'constructor';
    const asked = [
      () => office.transactions({ from: day }),
      () => office.days({ to: day }),
      () => office.cards({ before: cursor }),
      () => office.programme.version({ version: 2 ** 40 }),
      ...[() => office.cards({ status }), () => office.cases({ status }), () => office.accounts({ status })],
    ];
    for (const call of asked) expect(await refusalOf(call())).toMatchObject({ type: 'InvalidRequest', status: 422 });
  });

  it('says what time it is, for terminals to reckon with', async () => {
    const response = await fetch(`${central.url}/v1/health`);
    const { ok, nowMs } = await response.json();
    expect(ok).toBe(true);
    expect(Math.floor(nowMs / 1000)).toBe(Date.parse(response.headers.get('date')!) / 1000);
  });

  it('logs the intention of what it accepted, and no secret', () => {
    const log = central.log.join('');
    expect(log).toContain('entries accepted');
    for (const { pin } of central.seed.staff) expect(log).not.toMatch(new RegExp(`(?<![0-9a-f-])${pin}(?![0-9a-f-])`));
    for (const token of tokens.values()) expect(log).not.toContain(token);
    expect(log).not.toContain('041720932');
  });
});
