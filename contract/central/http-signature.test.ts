import { createHash, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  contentDigest,
  parseRequestSignature,
  type SignableRequest,
  signatureBase,
  signRequest,
  verifyRequest,
} from './http-signature.ts';

const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest());
const bytes = (text: string) => new TextEncoder().encode(text);

const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const es256 = {
  sha256,
  sign: (data: Uint8Array) => new Uint8Array(sign('sha256', data, { key: pair.privateKey, dsaEncoding: 'ieee-p1363' })),
  verify: (data: Uint8Array, signature: Uint8Array) =>
    verify('sha256', data, { key: pair.publicKey, dsaEncoding: 'ieee-p1363' }, signature),
};
const parameters = { created: 1_618_884_473, nonce: 'b3k2pp5k7z-50gnwp_yem', keyid: 'terminal-1' };
const request: SignableRequest = {
  method: 'POST',
  path: '/v1/terminals/t/journal',
  query: 'a=1&b=%20',
  body: bytes('{"hello": "world"}'),
};

/** Parses and verifies, as a server does. */
function check(sent: SignableRequest, headers: Record<string, string | string[] | undefined>) {
  const parsed = parseRequestSignature(headers);
  return parsed.ok ? verifyRequest(sent, parsed.value, es256) : parsed;
}

describe('published vectors', () => {
  it('digests as RFC 9530 §B.1 and RFC 9421 §B.2 print it', () => {
    expect(contentDigest(bytes('{"hello": "world"}\n'), sha256)).toBe(
      'sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:',
    );
    expect(contentDigest(bytes('{"hello": "world"}'), sha256)).toBe(
      'sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:',
    );
  });

  it('builds the base of RFC 9421 §B.2.4, under which the published ECDSA P-256 signature verifies', () => {
    const base = signatureBase(
      [
        ['@status', '200'],
        ['content-type', 'application/json'],
        [
          'content-digest',
          'sha-512=:mEWXIS7MaLRuGgxOBdODa3xqM1XdEvxoYhvlCFJ41QJgJc4GTsPp29l5oGX69wWdXymyU0rjJuahq4l5aGgfLQ==:',
        ],
        ['content-length', '23'],
      ],
      '("@status" "content-type" "content-digest" "content-length");created=1618884473;keyid="test-key-ecc-p256"',
    );
    const key = createPublicKey(
      '-----BEGIN PUBLIC KEY-----\n' +
        'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEqIVYZVLCrPZHGHjP17CTW0/+D9Lf\n' +
        'w0EkjqF7xB4FivAxzic30tMM4GF+hR6Dxh71Z50VGGdldkkDXZCnTNnoXQ==\n' +
        '-----END PUBLIC KEY-----\n',
    );
    const signature = Buffer.from(
      'wNmSUAhwb5LxtOtOpNa6W5xj067m5hFrj0XQ4fvpaCLx0NKocgPquLgyahnzDnDAUy5eCdlYUEkLIj+32oiasw==',
      'base64',
    );
    expect(verify('sha256', bytes(base), { key, dsaEncoding: 'ieee-p1363' }, signature)).toBe(true);
    expect(verify('sha256', bytes(`${base} `), { key, dsaEncoding: 'ieee-p1363' }, signature)).toBe(false);
  });
});

describe('a signed request', () => {
  const headers = signRequest(request, parameters, es256);

  it('[T26] is accepted as it was signed, and says who and when', () => {
    expect(check(request, { ...headers })).toEqual({ ok: true, value: parameters });
    expect(headers['signature-input']).toBe(
      `terminal=("@method" "@path" "@query" "content-digest");created=1618884473;nonce="${parameters.nonce}";keyid="terminal-1";alg="ecdsa-p256-sha256"`,
    );
  });

  it('signs the empty query as a question mark alone (RFC 9421 §2.2.7)', () => {
    const seen: string[] = [];
    const spy = (data: Uint8Array) => {
      seen.push(new TextDecoder().decode(data));
      return new Uint8Array(64);
    };
    signRequest({ ...request, query: '', body: new Uint8Array() }, parameters, { sha256, sign: spy });
    expect(seen[0]?.split('\n').slice(0, 3)).toEqual([
      '"@method": POST',
      '"@path": /v1/terminals/t/journal',
      '"@query": ?',
    ]);
  });

  it.each([
    ['method', { ...request, method: 'PUT' }, 'SignatureWrong'],
    ['path', { ...request, path: '/v1/terminals/u/journal' }, 'SignatureWrong'],
    ['query', { ...request, query: 'a=1&b=%21' }, 'SignatureWrong'],
    ['body', { ...request, body: bytes('{"hello": "World"}') }, 'DigestMismatch'],
    ['path with a line break', { ...request, path: '/v1\n"@query": ?' }, 'RequestMalformed'],
  ])('[T26] is refused when its %s was altered', (_what, altered, type) => {
    expect(check(altered, { ...headers })).toEqual({ ok: false, error: { type } });
  });

  it.each([
    ['created', /created=\d+/, 'created=1618884474'],
    ['nonce', /nonce="./, 'nonce="X'],
    ['keyid', /terminal-1/, 'terminal-2'],
  ])('[T26] is refused when %s was altered', (_what, find, replacement) => {
    const input = headers['signature-input'].replace(find, replacement);
    expect(check(request, { ...headers, 'signature-input': input })).toMatchObject({
      error: { type: 'SignatureWrong' },
    });
  });

  it('[T26] is refused when its digest was exchanged together with the body', () => {
    const body = bytes('{}');
    const exchanged = { ...headers, 'content-digest': contentDigest(body, sha256) };
    expect(check({ ...request, body }, exchanged)).toMatchObject({ error: { type: 'SignatureWrong' } });
  });

  it.each(['content-digest', 'signature-input', 'signature'] as const)('[T26] is refused without its %s', (header) => {
    expect(check(request, { ...headers, [header]: undefined })).toEqual({
      ok: false,
      error: { type: 'SignatureMissing', header },
    });
  });

  it.each([
    ['a header sent twice', { 'signature-input': [headers['signature-input'], headers['signature-input']] }],
    ['two signatures in one header', { signature: `${headers.signature}, ${headers.signature}` }],
    ['a second label', { 'signature-input': `${headers['signature-input']}, other=()` }],
    [
      'a component covered twice',
      { 'signature-input': headers['signature-input'].replace('@path"', '@path" "@path"') },
    ],
    ['a component left out', { 'signature-input': headers['signature-input'].replace(' "@query"', '') }],
    ['no digest covered', { 'signature-input': headers['signature-input'].replace(' "content-digest"', '') }],
    ['a parameter given twice', { 'signature-input': `${headers['signature-input']};created=1` }],
    [
      'another algorithm',
      { 'signature-input': headers['signature-input'].replace('ecdsa-p256-sha256', 'hmac-sha256') },
    ],
    ['a line break', { 'signature-input': `${headers['signature-input']}\n` }],
    ['a header without end', { 'signature-input': headers['signature-input'] + ' '.repeat(10_000) }],
    ['a second digest', { 'content-digest': `${headers['content-digest']}, sha-512=:AAAA:` }],
    ['a short signature', { signature: 'terminal=:AAAA:' }],
  ])('[T26] refuses %s as malformed', (_what, changed) => {
    expect(check(request, { ...headers, ...changed })).toMatchObject({
      ok: false,
      error: { type: 'SignatureMalformed' },
    });
  });

  it('cannot be made to carry a forged component', () => {
    expect(() => signRequest({ ...request, path: '/v1\n"@query": ?' }, parameters, es256)).toThrow(RangeError);
    expect(() => signRequest(request, { ...parameters, keyid: 'a";created=1' }, es256)).toThrow(RangeError);
    expect(() => signatureBase([['a', 'x\n"b": y']], '()')).toThrow(RangeError);
    expect(() =>
      signatureBase(
        [
          ['a', 'x'],
          ['a', 'y'],
        ],
        '()',
      ),
    ).toThrow(RangeError);
  });
});
