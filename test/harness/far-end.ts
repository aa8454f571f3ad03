import { createHash, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { countersignedBytes } from '#contract/central/countersign.ts';
import { parseRequestSignature, verifyRequest } from '#contract/central/http-signature.ts';
import type { CentralError, CountersignedHead, FeedItem } from '#contract/central/index.ts';
import { signedTimeBytes } from '#contract/central/terminal-calls.ts';
import type { Head, SealedEntry } from '#contract/journal/entry.ts';
import { certificateBytes, encodeCertificate } from '#contract/tickets/token/certificate.ts';
import { compressedPoint } from '#contract/tickets/token/point.ts';
import { codedError } from '#service/sync/failures.ts';

/** What is wrong with the far end. `accepts-then-dies`: the entries are in, the answer is lost. */
export type Trouble =
  | 'none'
  | 'refuses'
  | 'hangs'
  | 'answers-500'
  | 'accepts-then-dies'
  | 'half-accepts-then-dies'
  | 'old-head'
  | 'forged-head'
  | 'forged-time'
  | 'time-of-yesterday'
  | 'html'
  | 'quarantines'
  | 'revokes'
  | 'bad-feed';

type Fetch = (url: string, init: RequestInit) => Promise<Response>;
const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const es256 = (bytes: Uint8Array) => sign('sha256', bytes, { key: pair.privateKey, dsaEncoding: 'ieee-p1363' });

/**
 * A central server in one object, for tests on a virtual clock: it checks signatures, chain and time as the real one does,
 * and can be given any trouble. Tests against the real server are in sync.test.ts.
 */
export class FarEnd {
  readonly rows: SealedEntry[] = [];
  readonly requests: string[] = [];
  feed: FeedItem[] = [];
  trouble: Trouble = 'none';
  readonly serverPublicKey = pair.publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
  readonly #nonces = new Set<string>();
  readonly #nowMs: () => number;
  readonly #terminalKeySpki: () => string;
  readonly #oldHead: () => number;

  constructor(options: { nowMs: () => number; terminalKeySpki: () => string; oldHeadSeq?: () => number }) {
    this.#nowMs = options.nowMs;
    this.#terminalKeySpki = options.terminalKeySpki;
    this.#oldHead = options.oldHeadSeq ?? (() => 1);
  }

  readonly fetch: Fetch = async (url, init) => {
    const { pathname, search } = new URL(url);
    this.requests.push(`${init.method} ${pathname}`);
    if (init.signal?.aborted) throw init.signal.reason;
    if (this.trouble === 'refuses') throw codedError('ECONNREFUSED');
    if (this.trouble === 'hangs') return untilAborted(init.signal);
    if (this.trouble === 'answers-500') return new Response('oops', { status: 500 });
    if (this.trouble === 'html') return new Response('<html>', { headers: { 'content-type': 'text/html' } });
    if (pathname === '/v1/health') return this.#json(200, { ok: true, nowMs: this.#nowMs(), version: 'test' });
    if (pathname === '/v1/time') return this.#time(new URLSearchParams(search).get('nonce') ?? '');
    const refused = this.#authentic(init, pathname, search.slice(1));
    if (refused) return this.#refusal(401, 'UNAUTHENTICATED', refused);
    if (this.trouble === 'revokes') return this.#refusal(401, 'UNAUTHENTICATED', { type: 'TerminalRevoked' });
    const terminal = pathname.split('/')[3]!;
    if (pathname.endsWith('/head')) return this.#json(200, this.#head(terminal));
    if (pathname.endsWith('/feed'))
      return this.#json(200, this.#feedFrom(Number(new URLSearchParams(search).get('cursor'))));
    if (pathname.endsWith('/common-heads')) return this.#json(200, this.#common(terminal, init));
    if (pathname.endsWith('/ticket-certificates')) return this.#json(200, { certificate: this.#certificate() });
    return this.#push(terminal, init);
  };

  #time(nonce: string): Response {
    const atMs = this.#nowMs();
    const asked = this.trouble === 'time-of-yesterday' ? { nonce: 'another-question', atMs } : { nonce, atMs };
    const told = this.trouble === 'forged-time' ? { nonce, atMs: atMs + 3_600_000 } : asked;
    return this.#json(200, { ...told, signature: es256(signedTimeBytes(asked)).toString('base64url') });
  }

  #certificate(): string {
    const validFromDay = Math.floor(this.#nowMs() / 86_400_000);
    const encoded = encodeCertificate({
      keyId: 1,
      shop: { number: 1, name: 'Boutique' },
      terminal: '00000001',
      validFromDay,
      validUntilDay: validFromDay + 730,
      publicKey: compressedPoint(new Uint8Array(Buffer.from(this.#terminalKeySpki(), 'base64'))),
    });
    return Buffer.concat([encoded, es256(certificateBytes(encoded))]).toString('base64url');
  }

  #push(terminal: string, init: RequestInit): Response {
    if (this.trouble === 'quarantines') return this.#refusal(409, 'CONFLICT', { type: 'TerminalQuarantined' });
    const { entries } = JSON.parse(new TextDecoder().decode(init.body as Uint8Array)) as { entries: SealedEntry[] };
    const taken = this.trouble === 'half-accepts-then-dies' ? entries.slice(0, Math.ceil(entries.length / 2)) : entries;
    for (const sealed of taken) {
      const { epoch, seq } = sealed.entry;
      const had = this.#rowAt(sealed.entry);
      const last = this.rows.at(-1)?.entry;
      const follows = seq === 1 ? epoch > (last?.epoch ?? 0) : epoch === last?.epoch && seq === last.seq + 1;
      if (had && had.hash !== sealed.hash)
        return this.#refusal(409, 'CONFLICT', { type: 'ChainForked', facts: { seq } });
      if (!had && !follows) return this.#refusal(409, 'CONFLICT', { type: 'ChainBroken', facts: { seq } });
      if (!had) this.rows.push(sealed);
    }
    if (this.trouble.endsWith('then-dies')) throw codedError('ECONNRESET');
    return this.#json(200, this.#head(terminal));
  }

  #rowAt = ({ epoch, seq }: { epoch: number; seq: number }): SealedEntry | undefined =>
    this.rows.findLast(({ entry }) => entry.epoch === epoch && entry.seq === seq);

  #common(terminal: string, init: RequestInit) {
    const { heads } = JSON.parse(new TextDecoder().decode(init.body as Uint8Array)) as { heads: Head[] };
    const held = heads.findLast((head) => this.#rowAt(head)?.hash === head.hash);
    return { common: held ? this.#signed(terminal, held) : null, lastZ: 0 };
  }

  #head(terminal: string): CountersignedHead | null {
    const count = this.trouble === 'old-head' ? this.#oldHead() : this.rows.length;
    const row = this.rows[count - 1];
    if (row === undefined) return null;
    const head: Head = { epoch: row.entry.epoch, seq: row.entry.seq, hash: row.hash };
    return this.#signed(terminal, head);
  }

  #signed(terminal: string, head: Head): CountersignedHead {
    const signed =
      this.trouble === 'forged-head' ? { terminal, head: { ...head, seq: head.seq + 1 } } : { terminal, head };
    const signature = es256(countersignedBytes(signed)).toString('base64url');
    return { terminal, head, atMs: this.#nowMs(), signature };
  }

  #feedFrom(cursor: number) {
    const items: unknown[] = this.feed.slice(cursor, cursor + 2);
    if (this.trouble === 'bad-feed') items.push({ item: 'staff', code: 42 });
    const end = cursor + items.length;
    return { items, cursor: end, more: end < this.feed.length };
  }

  #authentic(init: RequestInit, path: string, query: string): CentralError | null {
    const parsed = parseRequestSignature(init.headers as Record<string, string>);
    if (!parsed.ok) return { type: 'RequestNotAuthentic' };
    const body = (init.body as Uint8Array | undefined) ?? new Uint8Array();
    const publicKey = createPublicKey({
      key: Buffer.from(this.#terminalKeySpki(), 'base64'),
      format: 'der',
      type: 'spki',
    });
    const verified = verifyRequest({ method: init.method ?? 'GET', path, query, body }, parsed.value, {
      sha256: (bytes) => new Uint8Array(createHash('sha256').update(bytes).digest()),
      verify: (bytes, raw) => verify('sha256', bytes, { key: publicKey, dsaEncoding: 'ieee-p1363' }, raw),
    });
    if (!verified.ok) return { type: 'RequestNotAuthentic' };
    const { created, nonce } = verified.value;
    if (Math.abs(created * 1000 - this.#nowMs()) > 300_000) return { type: 'ClockTooFar' };
    if (this.#nonces.has(nonce)) return { type: 'RequestReplayed' };
    this.#nonces.add(nonce);
    return null;
  }

  #refusal = (status: number, code: string, data: CentralError): Response =>
    this.#json(status, { defined: true, code, status, message: code, data });

  #json(status: number, body: unknown): Response {
    const headers = { 'content-type': 'application/json', date: new Date(this.#nowMs()).toUTCString() };
    return new Response(JSON.stringify(body), { status, headers });
  }
}

const untilAborted = (signal: AbortSignal | null | undefined): Promise<never> =>
  new Promise((_resolve, reject) => {
    if (signal?.aborted) reject(signal.reason);
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
