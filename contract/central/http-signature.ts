import { err, ok, type Result } from '#contract/result/index.ts';

/**
 * Signed requests, terminal -> central server: HTTP Message Signatures (RFC 9421) with Content-Digest (RFC 9530), in one fixed profile.
 *
 *     content-digest: sha-256=:…:
 *     signature-input: terminal=("@method" "@path" "@query" "content-digest");created=…;nonce="…";keyid="…";alg="ecdsa-p256-sha256"
 *     signature: terminal=:…:
 *
 * `@target-uri` and `@authority` are left out: a TLS-terminating balancer may change scheme and host, and a till that cannot be heard
 * because a proxy was set up anew is worse than what they add (the key belongs to one network, and TLS names the server).
 * Every request carries a digest, also one without a body. No cryptography in here: hashing, signing and verifying are passed in.
 */
export const signedComponents = ['@method', '@path', '@query', 'content-digest'] as const;
const label = 'terminal';
const algorithm = 'ecdsa-p256-sha256';

/** What is signed of a request. `path` and `query` as sent, percent-encoded; `query` without its `?`, empty when there is none. */
export interface SignableRequest {
  method: string;
  path: string;
  query: string;
  body: Uint8Array;
}

export interface SignatureParameters {
  /** Unix seconds, by the server's clock as far as the terminal knows it. */
  created: number;
  /** 16 to 64 characters of the base64url alphabet; never used twice by a key. */
  nonce: string;
  /** The terminal's id. */
  keyid: string;
}

export interface SignatureHeaders {
  'content-digest': string;
  'signature-input': string;
  signature: string;
}

export interface RequestSignature extends SignatureParameters {
  contentDigest: string;
  /** The `@signature-params` value, byte for byte as received. */
  signatureParams: string;
  /** r‖s, 64 bytes (RFC 9421 §3.3.4). */
  signature: Uint8Array;
}

export type SignatureError =
  | { type: 'SignatureMissing'; header: keyof SignatureHeaders }
  | { type: 'SignatureMalformed'; header: keyof SignatureHeaders }
  | { type: 'RequestMalformed' }
  | { type: 'DigestMismatch' }
  | { type: 'SignatureWrong' };

type Sha256 = (bytes: Uint8Array) => Uint8Array;

/** A header as servers hand it over; an array means it was sent twice. */
export type HeaderValues = Readonly<Record<string, string | readonly string[] | undefined>>;

/** RFC 9530 §2: the `sha-256` member of a Content-Digest header. */
export const contentDigest = (body: Uint8Array, sha256: Sha256): string => `sha-256=:${base64(sha256(body))}:`;

/**
 * RFC 9421 §2.5. Values must be printable ASCII: a line break in one would forge a component.
 * @throws RangeError on a value that cannot stand in a signature base, or on a component named twice
 */
export function signatureBase(components: readonly (readonly [string, string])[], signatureParams: string): string {
  const names = new Set(components.map(([name]) => name));
  if (names.size !== components.length) throw new RangeError('a component may be covered once');
  const lines = [...components, ['@signature-params', signatureParams] as const];
  for (const [name, value] of lines) {
    if (!/^[@a-z0-9-]+$/.test(name) || !/^[\x20-\x7e]*$/.test(value)) throw new RangeError(`not signable: ${name}`);
  }
  return lines.map(([name, value]) => `"${name}": ${value}`).join('\n');
}

/**
 * Signs a request.
 * @param sign ES256 over the bytes it gets, answering r‖s (64 bytes)
 * @throws RangeError when the request or a parameter cannot be written into the headers (a defect of the caller)
 */
export function signRequest(
  request: SignableRequest,
  { created, nonce, keyid }: SignatureParameters,
  crypto: { sha256: Sha256; sign: (bytes: Uint8Array) => Uint8Array },
): SignatureHeaders {
  const covered = signedComponents.map((name) => `"${name}"`).join(' ');
  const params = `(${covered});created=${created};nonce="${nonce}";keyid="${keyid}";alg="${algorithm}"`;
  if (!paramsForm.test(params)) throw new RangeError('created, nonce or keyid cannot be signed');
  const digest = contentDigest(request.body, crypto.sha256);
  const base = requestBase(request, digest, params);
  if (base === null) throw new RangeError('the request cannot be signed');
  return {
    'content-digest': digest,
    'signature-input': `${label}=${params}`,
    signature: `${label}=:${base64(crypto.sign(base))}:`,
  };
}

/**
 * Reads the three headers; proves nothing yet. `keyid` says whose public key to look up for {@link verifyRequest}.
 * Strict: one signature, our components in our order, bounded lengths; anything else is refused.
 */
export function parseRequestSignature(headers: HeaderValues): Result<RequestSignature, SignatureError> {
  const malformed = (header: keyof SignatureHeaders) => err({ type: 'SignatureMalformed', header } as const);
  const found: SignatureHeaders = { 'content-digest': '', 'signature-input': '', signature: '' };
  for (const header of ['content-digest', 'signature-input', 'signature'] as const) {
    const value = headers[header];
    if (value === undefined) return err({ type: 'SignatureMissing', header });
    if (typeof value !== 'string' || value.length > 400) return malformed(header);
    found[header] = value;
  }
  if (!digestForm.test(found['content-digest'])) return malformed('content-digest');
  if (!found['signature-input'].startsWith(`${label}=`)) return malformed('signature-input');
  const signatureParams = found['signature-input'].slice(label.length + 1);
  const params = paramsForm.exec(signatureParams)?.groups;
  if (params === undefined) return malformed('signature-input');
  const signature = signatureForm.exec(found.signature)?.[1];
  if (signature === undefined) return malformed('signature');
  return ok({
    created: Number(params.created),
    nonce: params.nonce!,
    keyid: params.keyid!,
    contentDigest: found['content-digest'],
    signatureParams,
    signature: Uint8Array.from(atob(signature), (character) => character.charCodeAt(0)),
  });
}

/**
 * Is this the request that was signed? The caller then checks `created` against its clock and `nonce` against those it has seen.
 * @param request rebuilt from what arrived, with the body's raw bytes
 * @param verify ES256 with the public key of `parsed.keyid`
 */
export function verifyRequest(
  request: SignableRequest,
  parsed: RequestSignature,
  crypto: { sha256: Sha256; verify: (bytes: Uint8Array, signature: Uint8Array) => boolean },
): Result<SignatureParameters, SignatureError> {
  if (contentDigest(request.body, crypto.sha256) !== parsed.contentDigest) return err({ type: 'DigestMismatch' });
  const base = requestBase(request, parsed.contentDigest, parsed.signatureParams);
  if (base === null) return err({ type: 'RequestMalformed' });
  if (!crypto.verify(base, parsed.signature)) return err({ type: 'SignatureWrong' });
  return ok({ created: parsed.created, nonce: parsed.nonce, keyid: parsed.keyid });
}

const digestForm = /^sha-256=:[A-Za-z0-9+/]{43}=:$/;
const signatureForm = /^terminal=:([A-Za-z0-9+/]{86}==):$/;
const paramsForm =
  /^\("@method" "@path" "@query" "content-digest"\);created=(?<created>[1-9][0-9]{0,11});nonce="(?<nonce>[A-Za-z0-9_-]{16,64})";keyid="(?<keyid>[A-Za-z0-9._:-]{1,80})";alg="ecdsa-p256-sha256"$/;

/** The bytes to sign, or null when the request holds what no HTTP request line can. */
function requestBase(request: SignableRequest, digest: string, params: string): Uint8Array | null {
  const { method, path, query } = request;
  if (!/^[A-Z]{1,16}$/.test(method) || !/^\/[\x21-\x7e]{0,2000}$/.test(path) || !/^[\x21-\x7e]{0,4000}$/.test(query)) {
    return null;
  }
  const values = [method, path, `?${query}`, digest];
  const components = signedComponents.map((name, index) => [name, values[index]!] as const);
  return new TextEncoder().encode(signatureBase(components, params));
}

const base64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));
