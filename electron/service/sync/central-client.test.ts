import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { signedTimeBytes } from '#contract/central/terminal-calls.ts';
import { VirtualClock } from '#test/harness/virtual-clock.ts';
import { createCable } from './cable.ts';
import { createCentralClient } from './central-client.ts';
import { createServerClock } from './clock-offset.ts';
import type { Fetch } from './exchange.ts';
import { codedError } from './failures.ts';

const terminal = '019f0000-0000-7000-8000-000000000001';
const clock = new VirtualClock();
const cable = createCable();
const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const serverPublicKey = pair.publicKey.export({ format: 'der', type: 'spki' }).toString('base64');

/** The server's own answer to the question in `url`. */
function signedTime(url: string, atMs: number, forged = atMs) {
  const nonce = new URL(url).searchParams.get('nonce')!;
  const signature = sign('sha256', signedTimeBytes({ nonce, atMs }), {
    key: pair.privateKey,
    dsaEncoding: 'ieee-p1363',
  });
  return { nonce, atMs: forged, signature: signature.toString('base64url') };
}
let sent: { url: string; init: RequestInit }[] = [];

function clientOver(fetch: Fetch, signed = true) {
  sent = [];
  return createCentralClient({
    baseUrl: 'http://central.test/comptoir',
    serverPublicKey: signed ? serverPublicKey : null,
    fetch: (url, init) => {
      sent.push({ url, init });
      return fetch(url, init);
    },
    cable,
    clock,
    serverClock: createServerClock(clock),
    signer: signed ? { keyid: terminal, sign: () => 'A'.repeat(86) } : null,
    randomBytes: (count) => new Uint8Array(count).fill(sent.length),
    timeoutMs: 1_000,
    maxResponseBytes: 1_000,
  });
}
/** A server that takes the request and says nothing. */
const hanging: Fetch = (_url, { signal }) =>
  new Promise((_resolve, reject) => {
    const give = () => reject(signal?.reason);
    if (signal?.aborted) give();
    signal?.addEventListener('abort', give);
  });
const signatureInput = (index: number) => new Headers(sent[index]?.init.headers).get('signature-input');
const json =
  (body: unknown, status = 200) =>
  async () =>
    new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });
const refusal = (status: number, data: unknown) =>
  json({ defined: true, code: 'REFUSED', status, message: '', data }, status);

describe('a call', () => {
  it('goes to the contract’s path, signed, keeping the path in front', async () => {
    const page = { items: [], cursor: 7, more: false, ticketsByEmail: true };
    expect(await clientOver(json(page)).feed(terminal, 7)).toEqual({ ok: true, value: page });
    expect(sent[0]?.url).toBe(`http://central.test/comptoir/v1/terminals/${terminal}/feed?cursor=7`);
    expect(sent[0]?.init.redirect).toBe('manual');
    expect(sent[0]?.init.headers).toMatchObject({
      'signature-input': expect.stringContaining(`created=${Math.floor(clock.wallMs() / 1000)};nonce="`),
      signature: expect.stringMatching(/^terminal=:/),
    });
  });

  it('goes unsigned before enrolment', async () => {
    await clientOver(json({ ok: true, nowMs: 1, version: '1' }), false).health();
    expect(Object.keys(sent[0]?.init.headers ?? {})).not.toContain('signature');
  });

  it.each([
    ['refused', 'ECONNREFUSED'],
    ['dns', 'ENOTFOUND'],
    ['dns', 'EAI_AGAIN'],
    ['reset', 'UND_ERR_SOCKET'],
    ['certificate', 'CERT_HAS_EXPIRED'],
    ['network', 'SOMETHING_NEW'],
  ])('that finds nobody is unreachable: %s (%s)', async (why, code) => {
    const failing = () => Promise.reject(new TypeError('fetch failed', { cause: codedError(code) }));
    expect(await clientOver(failing).head(terminal)).toEqual({
      ok: false,
      error: { type: 'CentralUnreachable', why, status: null },
    });
  });

  it.each([
    [
      'an unwell server',
      new Response('oops', { status: 500 }),
      { type: 'CentralUnreachable', why: 'status', status: 500 },
    ],
    [
      'a captive portal',
      new Response('<html>', { headers: { 'content-type': 'text/html' } }),
      { type: 'CentralAnswerInvalid', what: 'not-json' },
    ],
    [
      'cut JSON',
      new Response('{"a":', { headers: { 'content-type': 'application/json' } }),
      { type: 'CentralAnswerInvalid', what: 'not-json' },
    ],
    [
      'a redirect',
      new Response(null, { status: 302, headers: { location: 'http://evil.test' } }),
      { type: 'CentralAnswerInvalid', what: 'redirect' },
    ],
    [
      'an answer without end',
      new Response('"'.padEnd(5_000), { headers: { 'content-type': 'application/json' } }),
      { type: 'CentralAnswerInvalid', what: 'too-large' },
    ],
    [
      'another program',
      new Response('{"head":{}}', { headers: { 'content-type': 'application/json' } }),
      { type: 'CentralAnswerInvalid', what: 'schema' },
    ],
    [
      'a refusal of nobody’s',
      new Response('{}', { status: 418, headers: { 'content-type': 'application/json' } }),
      { type: 'CentralAnswerInvalid', what: 'status', where: '418' },
    ],
  ])('that meets %s says so', async (_what, response, error) => {
    expect(await clientOver(async () => response).head(terminal)).toMatchObject({ ok: false, error });
  });

  it('gives a typed refusal back as it was given', async () => {
    const data = { type: 'ChainForked', facts: { seq: 4 } };
    expect(await clientOver(refusal(409, data)).head(terminal)).toEqual({
      ok: false,
      error: { type: 'CentralRefused', refusal: data },
    });
  });

  it('[N5] refused for its clock is made once more in the server’s signed time, and only once', async () => {
    const atMs = clock.wallMs() + 86_400_000;
    const tooFar = refusal(401, { type: 'ClockTooFar', facts: { nowMs: atMs + 1 } });
    const client = clientOver((url) => (url.includes('/v1/time') ? json(signedTime(url, atMs))() : tooFar()));
    expect(await client.head(terminal)).toMatchObject({ error: { refusal: { type: 'ClockTooFar' } } });
    expect(sent.map(({ url }) => new URL(url).pathname.split('/').at(-1))).toEqual(['head', 'time', 'head']);
    expect(signatureInput(2)).toContain(`created=${Math.floor(atMs / 1000)};`);
    expect(signatureInput(2)).not.toBe(signatureInput(0));
  });

  it('[N5] believes no time that the server has not signed for this very question', async () => {
    const atMs = clock.wallMs() + 86_400_000;
    const invalid = { ok: false, error: { type: 'CentralAnswerInvalid', what: 'signature', where: 'time' } };
    const forged = clientOver((url) => json(signedTime(url, atMs, atMs + 1))());
    expect(await forged.time()).toEqual(invalid);
    const old = signedTime('http://central.test/?nonce=of_another_question', atMs);
    expect(await clientOver(json(old)).time()).toEqual(invalid);
    const date = new Date(atMs).toUTCString();
    const dated = clientOver(
      async () => new Response('null', { headers: { 'content-type': 'application/json', date } }),
    );
    await dated.head(terminal);
    await dated.head(terminal);
    expect(signatureInput(1)).toContain(`created=${Math.floor(clock.wallMs() / 1000)};`);
  });

  it('is given up after its time-out, and at once when sync stops', async () => {
    const slow = clientOver(hanging).head(terminal);
    await clock.advance(1_000);
    expect(await slow).toMatchObject({ error: { type: 'CentralUnreachable', why: 'timeout' } });
    const stopping = new AbortController();
    const stopped = clientOver(hanging).head(terminal, stopping.signal);
    stopping.abort();
    expect(await stopped).toMatchObject({ error: { type: 'CentralUnreachable', why: 'stopped' } });
    expect(clock.waiting).toBe(0);
  });

  it('finds the cable cut, also in the middle', async () => {
    const client = clientOver(hanging);
    const under = client.head(terminal);
    await new Promise((resolve) => setImmediate(resolve));
    cable.setCut(true);
    expect(await under).toMatchObject({ error: { why: 'cut' } });
    expect(await client.head(terminal)).toMatchObject({ error: { why: 'cut' } });
    expect(sent).toHaveLength(1);
    cable.setCut(false);
    expect((await clientOver(json(null)).head(terminal)).ok).toBe(true);
  });
});
