import type { ServerKey } from '#backend/pki/server-key.ts';
import { sha256 } from '#backend/pki/terminal-key.ts';
import { certificateBytes, encodeCertificate, keyIdOf, shortTerminalId } from '#contract/tickets/token/certificate.ts';
import { compressedPoint } from '#contract/tickets/token/point.ts';

const dayMs = 86_400_000;
/** A till asks for the next one half a year before the end. */
const validDays = 730;

/**
 * The server's word that this key is a till of this shop, in the form that tickets carry.
 * @param till its id, and its public key as SPKI in base64
 * @returns base64url of the certificate and its signature
 */
export function ticketCertificate(
  serverKey: Pick<ServerKey, 'publicKey' | 'sign'>,
  till: { terminal: string; publicKey: string },
  shop: { number: number; name: string },
  nowMs: number,
): string {
  const validFromDay = Math.floor(nowMs / dayMs);
  const encoded = encodeCertificate({
    keyId: keyIdOf(sha256(Buffer.from(serverKey.publicKey, 'base64'))),
    shop,
    terminal: shortTerminalId(till.terminal),
    validFromDay,
    validUntilDay: validFromDay + validDays,
    publicKey: compressedPoint(new Uint8Array(Buffer.from(till.publicKey, 'base64'))),
  });
  return Buffer.concat([encoded, serverKey.sign(certificateBytes(encoded))]).toString('base64url');
}
