import { generateKeyPairSync, sign } from 'node:crypto';
import { certificateBytes, encodeCertificate, shortTerminalId } from '#contract/tickets/token/certificate.ts';
import { compressedPoint } from '#contract/tickets/token/point.ts';

/** What a server would have certified of a till's key: for tests without one. @param publicKey SPKI, base64 */
export function certifiedBySomeServer(terminal: string, publicKey: string): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const encoded = encodeCertificate({
    keyId: 1,
    shop: { number: 1, name: 'Boulangerie du Port' },
    terminal: shortTerminalId(terminal),
    validFromDay: 0,
    validUntilDay: 65_535,
    publicKey: compressedPoint(new Uint8Array(Buffer.from(publicKey, 'base64'))),
  });
  const signature = sign('sha256', certificateBytes(encoded), { key: privateKey, dsaEncoding: 'ieee-p1363' });
  return Buffer.concat([encoded, signature]).toString('base64url');
}
