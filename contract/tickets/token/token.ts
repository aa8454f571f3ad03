import { fromBase64Url, toBase64Url } from './base64url.ts';
import { TokenMalformed, TokenReader, TokenWriter } from './bytes.ts';
import { readCertificate, signatureBytes, type TicketCertificate } from './certificate.ts';
import { encodeFacts, readFacts, type TicketFacts } from './facts.ts';

/** A token taken apart; nothing of it is proven yet. */
export type ParsedToken = {
  facts: TicketFacts;
  certificate: TicketCertificate;
  /** What the server signed, and its signature (r‖s). */
  certificateEncoded: Uint8Array<ArrayBuffer>;
  certificateSignature: Uint8Array<ArrayBuffer>;
  /** What the till signed, and its signature (r‖s). */
  signedBytes: Uint8Array<ArrayBuffer>;
  signature: Uint8Array<ArrayBuffer>;
};

const purpose = new TextEncoder().encode('comptoir ticket 1\0');

/** The till signs its certificate with the facts, so that they cannot be put under another shop's name. */
const signedBytesOf = (factsEncoded: Uint8Array, certificateEncoded: Uint8Array): Uint8Array<ArrayBuffer> =>
  new TokenWriter().raw(purpose).raw(certificateEncoded).raw(factsEncoded).done();

/**
 * The text of a ticket's QR behind the `#`: facts, the till's signature, and the server's certificate of the till's key.
 * @param certificate as the server handed it out, with its signature
 * @param sign ES256 with the till's key: r‖s, 64 bytes
 */
export function ticketToken(
  facts: TicketFacts,
  certificate: Uint8Array,
  sign: (bytes: Uint8Array) => Uint8Array,
): string {
  const encoded = encodeFacts(facts);
  const signature = sign(signedBytesOf(encoded, certificate.slice(0, -signatureBytes)));
  return toBase64Url(new TokenWriter().raw(encoded).raw(signature).raw(certificate).done());
}

/** Takes a token apart. Null when it is none: cut off, lengthened, or something else altogether. */
export function parseTicketToken(text: string): ParsedToken | null {
  const bytes = fromBase64Url(text);
  if (bytes === null) return null;
  try {
    const reader = new TokenReader(bytes);
    const facts = readFacts(reader);
    const factsEncoded = bytes.slice(0, reader.at);
    const signature = reader.raw(signatureBytes);
    const begins = reader.at;
    const certificate = readCertificate(reader);
    const certificateEncoded = bytes.slice(begins, reader.at);
    const certificateSignature = reader.raw(signatureBytes);
    reader.end();
    const signedBytes = signedBytesOf(factsEncoded, certificateEncoded);
    return { facts, certificate, certificateEncoded, certificateSignature, signedBytes, signature };
  } catch (cause) {
    if (cause instanceof TokenMalformed) return null;
    throw cause;
  }
}
