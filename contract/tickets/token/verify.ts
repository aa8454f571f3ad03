import { certificateBytes, type TicketCertificate } from './certificate.ts';
import type { TicketFacts } from './facts.ts';
import { parseTicketToken } from './token.ts';

export type TicketVerdict =
  /**
   * Both signatures hold: a till of this network wrote exactly this. A copy says so in its facts. `dateDoubtful`: the till's
   * clock showed a day outside its certificate, so it was wrong; that takes nothing from the rest.
   */
  | { verdict: 'authentic'; facts: TicketFacts; certificate: TicketCertificate; dateDoubtful: boolean }
  /** It names a server key that the verifier does not hold: another network's, or a newer one than the page. */
  | { verdict: 'unknown-key' }
  /** Whole, and not what a till wrote. Nothing of it may be shown as true. */
  | { verdict: 'altered' }
  /** No token at all: cut off, another QR, any other text. It proves nothing, neither for nor against the ticket. */
  | { verdict: 'unreadable' };

export type VerifyTools = {
  /** ES256. `publicKey`: a compressed point of a till, 33 bytes. */
  verifyTill: (
    publicKey: Uint8Array<ArrayBuffer>,
    bytes: Uint8Array<ArrayBuffer>,
    signature: Uint8Array<ArrayBuffer>,
  ) => Promise<boolean>;
  /** ES256 with the server key of that id; null when the verifier holds none. */
  verifyServer: (
    keyId: number,
    bytes: Uint8Array<ArrayBuffer>,
    signature: Uint8Array<ArrayBuffer>,
  ) => Promise<boolean> | null;
};

const secondsADay = 86_400;

/** Is this what a till of the network wrote? Needs no network, and no clock decides it (invariant 23). */
export async function verifyTicket(token: string, { verifyTill, verifyServer }: VerifyTools): Promise<TicketVerdict> {
  const parsed = parseTicketToken(token);
  if (!parsed) return { verdict: 'unreadable' };
  const { facts, certificate } = parsed;
  const certified = verifyServer(
    certificate.keyId,
    certificateBytes(parsed.certificateEncoded),
    parsed.certificateSignature,
  );
  if (certified === null) return { verdict: 'unknown-key' };
  const genuine = (await certified) && (await verifyTill(certificate.publicKey, parsed.signedBytes, parsed.signature));
  if (!genuine) return { verdict: 'altered' };
  const day = Math.floor(facts.wallSeconds / secondsADay);
  const dateDoubtful = day < certificate.validFromDay || day > certificate.validUntilDay;
  return { verdict: 'authentic', facts, certificate, dateDoubtful };
}
