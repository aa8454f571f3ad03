import { createHash, generateKeyPairSync, type KeyPairKeyObjectResult, randomBytes, sign } from 'node:crypto';
import { createORPCClient } from '@orpc/client';
import { OpenAPILink } from '@orpc/openapi-client/fetch';
import { signRequest } from '#contract/central/http-signature.ts';
import { centralContract, type Enrolment } from '#contract/central/index.ts';
import { uuidV7 } from '#contract/ids/index.ts';
import { sealable } from '#contract/journal/chain.ts';
import { genesisHash, type Head, type JournalEntry, type Posting, type SealedEntry } from '#contract/journal/entry.ts';
import type { EntryBody, EntryKind } from '#contract/journal/kinds.ts';
import type { CentralClient } from './central.ts';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();
const uuid = () => uuidV7(Date.now(), randomBytes(10));

type Draft<K extends EntryKind> = {
  body: EntryBody<K>;
  intention?: string;
  postings?: Posting[];
  wallTime?: string;
  staff?: string;
};

/** A terminal as the server sees it: a key, a chain, and signed requests. It writes no database; entries are kept in a list. */
export class CentralTill {
  readonly #keys: KeyPairKeyObjectResult;
  readonly publicKey: string;
  readonly entries: SealedEntry[] = [];
  readonly #url: string;
  readonly #bootId = uuid();
  /** Added to the machine's clock when a request is signed, ms. */
  clockOffsetMs = 0;
  enrolment!: Enrolment;

  constructor(url: string, keys = generateKeyPairSync('ec', { namedCurve: 'P-256' })) {
    this.#url = url;
    this.#keys = keys;
    this.publicKey = keys.publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
  }

  /** Enrols with a code and writes the opening entry. */
  static async enrol(url: string, client: CentralClient, code: string): Promise<CentralTill> {
    const till = new CentralTill(url);
    till.enrolment = await client.terminals.enrol({ code, publicKey: till.publicKey, name: 'test' });
    till.open(null);
    return till;
  }

  get id(): string {
    return this.enrolment.terminal;
  }

  get head(): Head | null {
    const last = this.entries.at(-1);
    return last ? { epoch: last.entry.epoch, seq: last.entry.seq, hash: last.hash } : null;
  }

  /** A copy of this terminal as a stolen or restored data folder would be: same key, same chain up to `entries`. */
  twin(entries = this.entries.length): CentralTill {
    const twin = new CentralTill(this.#url, this.#keys);
    twin.enrolment = this.enrolment;
    twin.entries.push(...this.entries.slice(0, entries));
    return twin;
  }

  seal(entry: JournalEntry): SealedEntry {
    const bytes = sealable(entry);
    const key = { key: this.#keys.privateKey, dsaEncoding: 'ieee-p1363' } as const;
    return {
      entry,
      hash: sha256(bytes).toString('hex'),
      signature: sign('sha256', bytes, key).toString('base64url'),
    };
  }

  draft<K extends EntryKind>(kind: K, { body, intention, postings, wallTime, staff }: Draft<K>): JournalEntry {
    const head = this.head;
    return {
      v: 1,
      terminal: this.id,
      epoch: head?.epoch ?? 1,
      seq: (head?.seq ?? 0) + 1,
      intention: intention ?? uuid(),
      staff: staff ?? 'cashier',
      role: 'cashier',
      wallTime: wallTime ?? new Date().toISOString(),
      monotonicMs: 1_000,
      bootId: this.#bootId,
      postings: postings ?? [],
      previousHash: head?.hash ?? genesisHash,
      kind,
      body,
    } as JournalEntry;
  }

  append<K extends EntryKind>(kind: K, draft: Draft<K>): SealedEntry {
    const sealed = this.seal(this.draft(kind, draft));
    this.entries.push(sealed);
    return sealed;
  }

  /** Begins an epoch: the first, or the one after `previousHead`. */
  open(previousHead: Head | null): SealedEntry {
    const { tenant, label } = this.enrolment;
    const body = { tenant, place: label, publicKey: this.publicKey, previousHead };
    const draft = this.draft('terminal.opened', { body });
    const epoch = previousHead ? previousHead.epoch + 1 : 1;
    const sealed = this.seal({ ...draft, epoch, seq: 1, previousHash: genesisHash, staff: null, role: null });
    this.entries.push(sealed);
    return sealed;
  }

  /** A sale of so much, with its postings. */
  sale(amountMinor: number, options: { intention?: string; wallTime?: string; cardNumber?: string } = {}): SealedEntry {
    const { cardNumber = '0417209320', ...rest } = options;
    const points = Math.floor(amountMinor / 100);
    const postings = [
      { account: `card/${cardNumber}`, commodity: 'points/akwaba', amount: points },
      { account: 'issued', commodity: 'points/akwaba', amount: -points },
    ];
    const ticketNumber = `1-${String(this.entries.length + 1).padStart(6, '0')}`;
    const figures = {
      amountMinor,
      currency: 'XOF' as const,
      points,
      balance: 1_000 + points,
      totalSpendMinor: amountMinor,
    };
    const card = {
      cardNumber,
      programme: 'akwaba',
      rulesVersion: 1,
      cardCounter: 13,
      lastVisitMs: null,
      nextGift: null,
    };
    const origin = { source: 'keyboard' as const, receiptNumber: null, ticketNumber, checks: [] };
    return this.append('loyalty.sale', { body: { ...card, ...figures, ...origin }, postings, ...rest });
  }

  cardOutcome(intention: string, outcome: EntryBody<'card.outcome'>['outcome']): SealedEntry {
    const body = { cardNumber: '0417209320', outcome, exchanges: 6, tapToResultMs: 90 };
    return this.append('card.outcome', { body, intention });
  }

  /** Sends what is asked, or all; the answer's or the refusal's as the client has it. */
  push(entries: SealedEntry[] = this.entries) {
    return this.client().terminals.push({ terminal: this.id, entries });
  }

  /** The signature's headers for a request, as a terminal makes them. */
  sign(method: string, url: URL, body: Uint8Array): Record<string, string> {
    const request = { method, path: url.pathname, query: url.search.slice(1), body };
    const created = Math.floor((Date.now() + this.clockOffsetMs) / 1000);
    const parameters = { created, nonce: randomBytes(16).toString('base64url'), keyid: this.id };
    const key = { key: this.#keys.privateKey, dsaEncoding: 'ieee-p1363' } as const;
    return { ...signRequest(request, parameters, { sha256, sign: (bytes) => sign('sha256', bytes, key) }) };
  }

  /** The contract's client, each request signed; of the server it enrolled at, or of one more beside it. */
  client(url = this.#url): CentralClient {
    const fetchSigned = async (request: Request) => {
      const body = new Uint8Array(await request.arrayBuffer());
      const headers = { 'content-type': 'application/json', ...this.sign(request.method, new URL(request.url), body) };
      return fetch(request.url, { method: request.method, headers, ...(body.length > 0 ? { body } : {}) });
    };
    return createORPCClient(new OpenAPILink(centralContract, { url, fetch: fetchSigned }));
  }
}
