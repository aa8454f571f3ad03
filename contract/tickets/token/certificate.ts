import { TokenMalformed, TokenReader, TokenWriter } from './bytes.ts';

/**
 * The server's word that a key is a till's: what lets a phone without a network trust a ticket.
 * Made at enrolment, carried in every token of that till.
 */
export type TicketCertificate = {
  /** Which of the server's keys signed it: the first two bytes of {@link keyIdOf}. */
  keyId: number;
  shop: { number: number; name: string };
  /** The last eight digits of the terminal's id. */
  terminal: string;
  /** Days since 1 January 1970, both included. They refuse nothing: a till whose clock is wrong still sells. */
  validFromDay: number;
  validUntilDay: number;
  /** Compressed point on P-256 (SEC 1 §2.3.3), 33 bytes. */
  publicKey: Uint8Array<ArrayBuffer>;
};

export const signatureBytes = 64;
const publicKeyBytes = 33;
/** Longer names are cut: each byte makes the QR of every ticket larger. */
const nameBytesMax = 24;
const purpose = new TextEncoder().encode('comptoir ticket certificate 1\0');

/** Names a server key in two bytes: the beginning of the SHA-256 of its SPKI. */
export const keyIdOf = (sha256OfSpki: Uint8Array): number => sha256OfSpki[0]! * 256 + sha256OfSpki[1]!;

export const shortTerminalId = (terminal: string): string => terminal.replaceAll('-', '').slice(-8);

/** A name in so many bytes of UTF-8 that no letter is cut in two. */
export function shortName(name: string): string {
  let kept = '';
  for (const letter of name.normalize('NFC')) {
    if (new TextEncoder().encode(kept + letter).length > nameBytesMax) break;
    kept += letter;
  }
  return kept.trimEnd();
}

/** The certificate without its signature. */
export const encodeCertificate = (certificate: TicketCertificate): Uint8Array<ArrayBuffer> =>
  new TokenWriter()
    .uint(certificate.keyId, 2)
    .uint(certificate.shop.number, 2)
    .uint(Number.parseInt(certificate.terminal, 16), 4)
    .uint(certificate.validFromDay, 2)
    .uint(certificate.validUntilDay, 2)
    .raw(certificate.publicKey)
    .text(shortName(certificate.shop.name))
    .done();

/** What the server signs (ES256). The purpose in front keeps it from passing for anything else the server's key signs. */
export function certificateBytes(encoded: Uint8Array): Uint8Array<ArrayBuffer> {
  return new TokenWriter().raw(purpose).raw(encoded).done();
}

/** Reads a certificate's fields. @throws TokenMalformed */
export function readCertificate(reader: TokenReader): TicketCertificate {
  const keyId = reader.uint(2);
  const number = reader.uint(2);
  const terminal = reader.uint(4).toString(16).padStart(8, '0');
  const validFromDay = reader.uint(2);
  const validUntilDay = reader.uint(2);
  const publicKey = reader.raw(publicKeyBytes);
  if (publicKey[0] !== 2 && publicKey[0] !== 3) throw new TokenMalformed('not a compressed point');
  return { keyId, shop: { number, name: reader.text() }, terminal, validFromDay, validUntilDay, publicKey };
}

/** A certificate with its signature, as the server hands it out. Null when it is none. */
export function parseCertificate(bytes: Uint8Array): TicketCertificate | null {
  try {
    const reader = new TokenReader(bytes);
    const certificate = readCertificate(reader);
    reader.raw(signatureBytes);
    reader.end();
    return certificate;
  } catch (cause) {
    if (cause instanceof TokenMalformed) return null;
    throw cause;
  }
}
