import { certificateBytes, parseCertificate, signatureBytes } from '#contract/tickets/token/certificate.ts';
import { compressedPoint } from '#contract/tickets/token/point.ts';
import { readPublicKey, verifyEs256 } from '../keys/es256.ts';
import type { SyncSession } from './session.ts';

const dayMs = 86_400_000;
/** A till may be off for months; its tickets go on being certified meanwhile. */
const renewDaysBefore = 180;

export type CertificateTrust = { tillPublicKey: string; serverPublicKey: string };

/** Is this the server's own word for this till's own key? Keys are SPKI in base64. */
export function isOurCertificate(certificate: string, { tillPublicKey, serverPublicKey }: CertificateTrust): boolean {
  const bytes = new Uint8Array(Buffer.from(certificate, 'base64url'));
  const parsed = parseCertificate(bytes);
  const server = readPublicKey(serverPublicKey);
  if (!parsed || !server) return false;
  const ours = compressedPoint(new Uint8Array(Buffer.from(tillPublicKey, 'base64')));
  const signature = Buffer.from(bytes.slice(-signatureBytes)).toString('base64url');
  return (
    Buffer.compare(ours, parsed.publicKey) === 0 &&
    verifyEs256(server, certificateBytes(bytes.slice(0, -signatureBytes)), signature)
  );
}

/** Is it time to ask for one: there is none, it is another key's, or it ends within half a year? `nowMs`: server time. */
export function wantsCertificate(held: string | undefined, trust: CertificateTrust, nowMs: number): boolean {
  const parsed = held && isOurCertificate(held, trust) ? parseCertificate(Buffer.from(held, 'base64url')) : null;
  return parsed === null || parsed.validUntilDay - Math.floor(nowMs / dayMs) < renewDaysBefore;
}

/** Asks for a certificate where one is wanted. Tickets without a QR are no reason for a round to fail. */
export async function renewCertificate(
  { central, terminal, tickets }: SyncSession,
  signal: AbortSignal,
): Promise<void> {
  if (!tickets.wanted()) return;
  const answer = await central.ticketCertificate(terminal, signal);
  if (answer.ok) tickets.keep(answer.value.certificate);
}
