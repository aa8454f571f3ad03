import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPublicKey, verifyEs256 } from '#backend/pki/terminal-key.ts';
import { countersignedBytes } from '#contract/central/countersign.ts';
import { type CentralClient, type RunningCentral, refusalOf, startCentral } from '#test/harness/central.ts';
import { CentralTill } from '#test/harness/central-till.ts';

let central: RunningCentral;
let manager: CentralClient;
const pinOf = (code: string) => central.seed.staff.find((person) => person.code === code)!.pin;

beforeAll(async () => {
  central = await startCentral();
  manager = await officeOf('manager');
});
afterAll(() => central?.stop());

async function officeOf(code: string): Promise<CentralClient> {
  const { token } = await central.client().office.signIn({ code, password: pinOf(code) });
  return central.client({ authorization: `Bearer ${token}` });
}

/** One more till of shop 1, enrolled with a code that the manager makes. */
async function newTill(): Promise<CentralTill> {
  const { code } = await manager.office.enrolmentCode({ label: 'Caisse' });
  return CentralTill.enrol(central.url, central.client(), code);
}

describe('enrolment', () => {
  it('makes a terminal of the shop, once: a code does not serve another installation', async () => {
    const { code } = await manager.office.enrolmentCode({ label: 'Caisse 7' });
    const till = await CentralTill.enrol(central.url, central.client(), code.toLowerCase().replace('-', ' '));
    expect(till.enrolment).toMatchObject({
      label: 'Caisse 7',
      shop: { number: 1, name: 'Supérette Akwaba' },
      network: { id: 1 },
      currency: 'XOF',
      roles: ['loyalty'],
    });
    const keys = central.seed.cards.shops[0]!.keys;
    expect(till.enrolment.cardKeys).toEqual({ readWrite: keys[1], spend: keys[2], read: keys[3] });
    const other = new CentralTill(central.url);
    const asked = { code, publicKey: other.publicKey, name: 'other' };
    expect(await refusalOf(central.client().terminals.enrol(asked))).toMatchObject({ type: 'EnrolmentCodeInvalid' });
  });

  it('answers the same installation again, when the first answer was lost', async () => {
    const { code } = await manager.office.enrolmentCode({ label: 'Caisse' });
    const till = await CentralTill.enrol(central.url, central.client(), code);
    const again = await central.client().terminals.enrol({ code, publicKey: till.publicKey, name: 'test' });
    // The certificate is signed anew: an ECDSA signature is never twice the same.
    expect({ ...again, ticketCertificate: null }).toEqual({ ...till.enrolment, ticketCertificate: null });
  });

  it('refuses a wrong code and a key that is not on P-256', async () => {
    const { publicKey } = new CentralTill(central.url);
    const enrol = (ask: { code: string; publicKey: string }) =>
      refusalOf(central.client().terminals.enrol({ ...ask, name: 'x' }));
    expect(await enrol({ code: 'AAAA-AAAA', publicKey })).toMatchObject({ type: 'EnrolmentCodeInvalid', status: 422 });
    expect(await enrol({ code: 'AAAA-AAAA', publicKey: 'AAAA' })).toMatchObject({ type: 'InvalidRequest' });
  });
});

describe('journal', () => {
  it('[T16] takes a batch, countersigns its head, and has every entry byte for byte', async () => {
    const till = await newTill();
    for (let index = 0; index < 5; index++) till.sale(1_250 + index);
    const { head, signature } = await till.push();
    expect(head).toEqual(till.head);
    const key = readPublicKey(till.enrolment.serverPublicKey)!;
    const signed = countersignedBytes({ terminal: till.id, head });
    expect(verifyEs256(key, signed, Buffer.from(signature, 'base64url'))).toBe(true);
    expect(await entriesOf(till)).toEqual(till.entries.map(({ hash }) => hash));
    expect((await till.client().terminals.head({ terminal: till.id }))!.head).toEqual(till.head);
  });

  it('[T37] applies a batch once, however often and in whatever pieces it comes', async () => {
    const till = await newTill();
    for (let index = 0; index < 9; index++) till.sale(500);
    await till.push(till.entries.slice(0, 4));
    await till.push(till.entries.slice(0, 4));
    await till.push(till.entries.slice(2, 8));
    const old = await till.push(till.entries.slice(1, 3));
    expect(old.head.seq).toBe(8);
    await till.push();
    expect(await entriesOf(till)).toEqual(till.entries.map(({ hash }) => hash));
    const { totals } = await manager.office.transactions({ terminal: till.id });
    expect(totals).toEqual({ count: 9, amountMinor: 4_500, points: 45, cards: 1 });
  });

  it('keeps nothing of a batch with a gap, a broken link, a wrong hash, signature, posting or schema', async () => {
    const till = await newTill();
    await till.push();
    const held = await entriesOf(till);
    const good = till.sale(700);
    const next = till.sale(800);
    const refused = async (entries: unknown[]) => {
      const { type, facts } = await refusalOf(till.push(entries as never));
      return `${type} ${facts?.what}`;
    };
    expect(await refused([next])).toMatch(/^ChainBroken/);
    expect(await refused([good, good])).toBe('IntentionReused undefined');
    expect(await refused([till.seal({ ...good.entry, previousHash: 'a'.repeat(64) })])).toBe(
      'ChainBroken previous-hash',
    );
    expect(await refused([{ ...good, hash: 'b'.repeat(64) }])).toBe('EntryInvalid hash');
    expect(await refused([{ ...good, signature: next.signature }])).toBe('EntryInvalid signature');
    expect(await refused([good, { ...next, signature: good.signature }])).toBe('EntryInvalid signature');
    const lopsided = { ...good.entry, postings: [{ account: 'a', commodity: 'XOF', amount: 5 }] };
    expect(await refused([till.seal(lopsided)])).toBe('EntryInvalid postings');
    expect(await refused([{ ...good, entry: { ...good.entry, extra: 1 } }])).toBe('EntryInvalid schema');
    expect(await refused([till.seal({ ...good.entry, terminal: (await newTill()).id })])).toBe('EntryInvalid terminal');
    expect(await entriesOf(till)).toEqual(held);
    expect((await till.push()).head).toEqual(till.head);
  });

  it('quarantines a terminal that writes two entries in one place, keeps the evidence, and refuses it from then on', async () => {
    const till = await newTill();
    till.sale(100);
    const twin = till.twin();
    till.sale(200);
    twin.sale(999);
    await till.push();
    expect(await refusalOf(twin.push())).toMatchObject({ type: 'ChainForked', status: 409, facts: { seq: 3 } });
    till.sale(300);
    expect(await refusalOf(till.push())).toMatchObject({ type: 'TerminalQuarantined' });
    expect(await refusalOf(twin.push())).toMatchObject({ type: 'TerminalQuarantined' });
    const cases = await casesOf(till);
    expect(cases).toEqual([{ kind: 'ChainForked', hash: twin.entries[2]!.hash }]);
    expect((await till.client().terminals.head({ terminal: till.id }))!.head.seq).toBe(3);
  });

  it('[T27] [T37] takes on what a restored till did again without knowing of the first time: a case, counted once, and all behind it', async () => {
    const till = await newTill();
    till.sale(100);
    const restored = till.twin();
    const { intention } = till.sale(200).entry;
    till.cardOutcome(intention, 'applied');
    await till.push();
    restored.open(restored.head);
    const again = restored.sale(900, { intention });
    restored.cardOutcome(intention, 'not-applied');
    const behind = restored.sale(400);
    await restored.push();
    expect((await restored.push()).head).toEqual(restored.head);
    expect(await casesOf(till)).toEqual([{ kind: 'IntentionReused', hash: again.hash }]);
    expect(await entriesOf(till)).toEqual([...till.entries, ...restored.entries.slice(2)].map(({ hash }) => hash));
    const { transactions: rows, totals } = await manager.office.transactions({ terminal: till.id });
    expect(totals).toMatchObject({ count: 3, amountMinor: 700 });
    expect(rows.find((row) => row.intention === intention)).toMatchObject({ amountMinor: 200, cardOutcome: 'applied' });
    expect(rows.some((row) => row.intention === behind.entry.intention)).toBe(true);
    restored.sale(50);
    await restored.push();
    expect((await manager.office.transactions({ terminal: till.id })).totals).toMatchObject({
      count: 4,
      amountMinor: 750,
    });
  });

  it('refuses an intention that has already acted elsewhere in the shop, and opens one case', async () => {
    const [one, two] = [await newTill(), await newTill()];
    const { intention } = one.sale(100).entry;
    await one.push();
    two.sale(100, { intention });
    expect(await refusalOf(two.push())).toMatchObject({ type: 'IntentionReused', facts: { intention } });
    expect(await refusalOf(two.push())).toMatchObject({ type: 'IntentionReused' });
    expect(await casesOf(two)).toHaveLength(1);
    expect(await entriesOf(two)).toEqual([]);
  });

  it('[T17] takes it on once a person has settled its case: it moves nothing, and what stands behind it is not lost', async () => {
    const [one, two] = [await newTill(), await newTill()];
    const { intention } = one.sale(100).entry;
    await one.push();
    two.sale(900, { intention });
    two.sale(250);
    expect(await refusalOf(two.push())).toMatchObject({ type: 'IntentionReused', facts: { intention } });
    const { cases } = await manager.office.cases({ status: 'open' });
    const { key } = cases.find((each) => each.key.endsWith(intention))!;
    await manager.office.settleCase({ key, decision: 'explained', note: 'le même script à deux caisses' });
    expect((await two.push()).head).toEqual(two.head);
    const { transactions, totals } = await manager.office.transactions({ terminal: two.id });
    expect(totals).toMatchObject({ count: 1, amountMinor: 250 });
    expect(transactions.map((row) => row.intention)).not.toContain(intention);
    expect((await manager.office.transactions({ terminal: one.id })).totals).toMatchObject({ amountMinor: 100 });
    two.sale(50);
    expect((await two.push()).head).toEqual(two.head);
    expect(await casesOf(two)).toHaveLength(1);
  });

  it('opens an epoch only on an entry it holds, as a restored backup does', async () => {
    const till = await newTill();
    till.sale(100);
    till.sale(200);
    await till.push();
    for (const claimed of [null, { epoch: 1, seq: 2, hash: 'c'.repeat(64) }, { ...till.head!, seq: 9 }]) {
      const stray = till.twin();
      const opened = stray.open(claimed);
      const next = stray.seal({ ...opened.entry, epoch: 2 });
      expect(await refusalOf(stray.push([next]))).toMatchObject({
        type: 'ChainBroken',
        facts: { what: 'previous-head' },
      });
    }
    const restored = till.twin(2);
    restored.open(restored.head);
    restored.sale(300);
    const { head } = await restored.push(restored.entries.slice(2));
    expect(head).toMatchObject({ epoch: 2, seq: 2 });
  });

  it('never lets a countersigned head go back, not even by hand', async () => {
    const till = await newTill();
    till.sale(100);
    await till.push();
    const back = central.owner.updateTable('heads').set({ seq: 1 }).where('terminal_id', '=', till.id).execute();
    await expect(back).rejects.toMatchObject({ code: '23000' });
    const history = await central.owner
      .selectFrom('head_history')
      .select('seq')
      .where('terminal_id', '=', till.id)
      .execute();
    expect(history).toEqual([{ seq: 2 }]);
  });
});

describe('signed requests', () => {
  const send = (
    till: CentralTill,
    change: (headers: Record<string, string>) => { body?: string; url?: string } | undefined,
  ) => {
    const url = new URL(`/v1/terminals/${till.id}/journal`, central.url);
    const body = JSON.stringify({ entries: till.entries });
    const headers = { 'content-type': 'application/json', ...till.sign('POST', url, Buffer.from(body)) };
    const changed = change(headers);
    return fetch(changed?.url ?? url, { method: 'POST', headers, body: changed?.body ?? body });
  };
  const dataOf = async (response: Response) => ({ status: response.status, ...(await response.json()).data });

  it('[T26] refuses what is not signed, signed by another, altered on the way, or sent to another address', async () => {
    const [till, other] = [await newTill(), await newTill()];
    till.sale(100);
    const refused = { status: 401, type: 'RequestNotAuthentic' };
    const unsigned = await send(till, (headers) => {
      delete headers.signature;
      return undefined;
    });
    expect(await dataOf(unsigned)).toMatchObject(refused);
    const altered = await send(till, () => ({ body: JSON.stringify({ entries: till.entries.slice(0, 1) }) }));
    expect(await dataOf(altered)).toMatchObject({ ...refused, facts: { why: 'DigestMismatch' } });
    const rerouted = await send(till, () => ({ url: `${central.url}/v1/terminals/${other.id}/journal` }));
    expect(await dataOf(rerouted)).toMatchObject({ ...refused, facts: { why: 'SignatureWrong' } });
    const impostor = await send(till, (headers) => {
      const url = new URL(`/v1/terminals/${till.id}/journal`, central.url);
      const forged = other.sign('POST', url, Buffer.from(JSON.stringify({ entries: till.entries })));
      Object.assign(headers, forged, { 'signature-input': forged['signature-input']!.replace(other.id, till.id) });
      return undefined;
    });
    expect(await dataOf(impostor)).toMatchObject({ ...refused, facts: { why: 'SignatureWrong' } });
    expect(await entriesOf(till)).toEqual([]);
  });

  it('refuses a request that it has had already, also when the first one succeeded', async () => {
    const till = await newTill();
    let kept: Record<string, string> = {};
    const first = await send(till, (headers) => {
      kept = { ...headers };
      return undefined;
    });
    expect(first.status).toBe(200);
    const again = await send(till, (headers) => void Object.assign(headers, kept));
    expect(await dataOf(again)).toMatchObject({ status: 401, type: 'RequestReplayed' });
  });

  it('takes as many requests as the fastest work at a counter makes, and remembers each until after its time', async () => {
    const till = await newTill();
    // A card issued each second for five minutes, of some thirty requests each.
    await sql`
      INSERT INTO request_nonces (terminal_id, nonce, tenant_id, expires_at)
      SELECT ${till.id}, 'work-at-the-counter-' || n, ${till.enrolment.tenant}, now() + interval '5 minutes'
      FROM generate_series(1, 9300) AS n`.execute(central.owner);
    let kept: Record<string, string> = {};
    const first = await send(till, (headers) => {
      kept = { ...headers };
      return undefined;
    });
    expect(first.status).toBe(200);
    const remembered = await sql<{ ms: number }>`
      SELECT 1000 * extract(epoch FROM max(expires_at) - now())::float AS ms FROM request_nonces
      WHERE terminal_id = ${till.id} AND nonce NOT LIKE 'work-%'`.execute(central.owner);
    // Five minutes off is too far, and servers' own clocks may differ by most of a minute.
    expect(remembered.rows[0]!.ms).toBeGreaterThan(5 * 60_000 + 30_000);
    const again = await send(till, (headers) => void Object.assign(headers, kept));
    expect(await dataOf(again)).toMatchObject({ type: 'RequestReplayed' });
    await sql`
      INSERT INTO request_nonces (terminal_id, nonce, tenant_id, expires_at)
      SELECT ${till.id}, 'somebody-with-the-key-' || n, ${till.enrolment.tenant}, now() + interval '5 minutes'
      FROM generate_series(1, 3000) AS n`.execute(central.owner);
    expect(await dataOf(await send(till, () => undefined))).toMatchObject({ type: 'TooManyRequests' });
    const replayed = await send(till, (headers) => void Object.assign(headers, kept));
    expect((await dataOf(replayed)).type).toMatch(/TooManyRequests|RequestReplayed/);
  });

  it.each([-3_600_000, 3_600_000])(
    'refuses a request made %i ms off its clock, and says what time it is',
    async (offsetMs) => {
      const till = await newTill();
      till.clockOffsetMs = offsetMs;
      const { type, facts } = await refusalOf(till.push());
      expect(type).toBe('ClockTooFar');
      till.clockOffsetMs = Number(facts!.nowMs) - Date.now();
      expect((await till.push()).head.seq).toBe(1);
    },
  );

  it("refuses to speak of another terminal, of an unknown one, and of a revoked one's", async () => {
    const [till, other] = [await newTill(), await newTill()];
    await other.push();
    const client = till.client();
    expect(await refusalOf(client.terminals.head({ terminal: other.id }))).toMatchObject({
      type: 'NotFound',
      status: 404,
    });
    expect(await refusalOf(client.terminals.feed({ terminal: other.id, cursor: 0 }))).toMatchObject({
      type: 'NotFound',
    });
    const stranger = new CentralTill(central.url);
    stranger.enrolment = { ...till.enrolment, terminal: '0190f7a0-0000-7000-8000-000000000000' };
    expect(await refusalOf(stranger.client().terminals.head({ terminal: stranger.id }))).toMatchObject({
      type: 'TerminalUnknown',
      status: 401,
    });
    await central.owner
      .updateTable('terminals')
      .set({ state: 'revoked' })
      .where('terminal_id', '=', other.id)
      .execute();
    expect(await refusalOf(other.push())).toMatchObject({ type: 'TerminalRevoked', status: 401 });
  });
});

describe('feed', () => {
  it('gives programme, staff and blocked cards by cursor, and afterwards only what changed', async () => {
    const till = await newTill();
    const client = till.client().terminals;
    const { items, cursor, more } = await client.feed({ terminal: till.id, cursor: 0 });
    expect(more).toBe(false);
    expect(items.filter(({ item }) => item === 'programme')).toHaveLength(1);
    const staff = items.flatMap((item) => (item.item === 'staff' ? [item.code] : []));
    expect(staff).toEqual(central.seed.staff.filter(({ shop }) => shop === 1).map(({ code }) => code));
    expect(items.some(({ item }) => item === 'blocked-card')).toBe(true);
    expect(await client.feed({ terminal: till.id, cursor })).toMatchObject({ items: [], cursor, more: false });
  });
});

/** Hashes of the entries that the database holds, in order. */
async function entriesOf(till: CentralTill): Promise<string[]> {
  const rows = await central.owner
    .selectFrom('journal_entries')
    .select('hash')
    .where('terminal_id', '=', till.id)
    .orderBy('epoch')
    .orderBy('seq')
    .execute();
  return rows.map(({ hash }) => hash.toString('hex'));
}

async function casesOf(till: CentralTill) {
  const { rows } = await sql<{ kind: string; hash: string }>`
    SELECT kind, evidence->>'hash' AS hash FROM cases WHERE terminal_id = ${till.id}`.execute(central.owner);
  return rows;
}
