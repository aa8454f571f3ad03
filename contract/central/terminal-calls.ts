import { z } from 'zod';
import { Uuid } from '#contract/ids/index.ts';
import { canonicalJson } from '#contract/journal/canonical.ts';
import { Head } from '#contract/journal/entry.ts';
import { CountersignedHead } from './countersign.ts';
import { centralBase } from './errors.ts';

/** Chosen by the terminal for this one question, so that an old answer cannot be played again. */
const Nonce = z.string().regex(/^[A-Za-z0-9_-]{16,64}$/);

/** The server's clock, as it says it over its signature (ES256, r‖s, base64url). */
export const SignedTime = z.object({ nonce: Nonce, atMs: z.int(), signature: z.string().max(100) });
export type SignedTime = z.infer<typeof SignedTime>;

/** The bytes under a {@link SignedTime}. `purpose` keeps them from passing for a countersigned head. */
export const signedTimeBytes = ({ nonce, atMs }: Pick<SignedTime, 'nonce' | 'atMs'>): Uint8Array =>
  new TextEncoder().encode(canonicalJson({ atMs, nonce, purpose: 'comptoir time 1' }));

/** The server's certificate of a till's key, with its signature: see `contract/tickets/token`. base64url. */
export const TicketCertificate = z.string().regex(/^[A-Za-z0-9_-]{100,400}$/);

/** What a terminal asks beside its journal and its feed. */
export const terminalCalls = {
  /** Unsigned: a terminal that does not know the time cannot sign a request yet. */
  time: centralBase
    .route({ method: 'GET', path: '/v1/time', summary: "The server's clock, signed together with the caller's nonce" })
    .input(z.object({ nonce: Nonce }))
    .output(SignedTime),
  /** For a till whose journal may be an old copy: how far does the server hold the very entries that it holds? */
  common: centralBase
    .route({
      method: 'POST',
      path: '/v1/terminals/{terminal}/common-heads',
      summary: 'The last of these entries of the terminal that the server holds too, countersigned',
    })
    .input(z.object({ terminal: Uuid, heads: z.array(Head).min(1).max(200) }))
    .output(
      z.object({
        common: CountersignedHead.nullable(),
        /** The number of the terminal's last Z that the server knows; 0 for none. */
        lastZ: z.int().nonnegative(),
      }),
    ),
  /** For a till enrolled before there were any, and in good time before its own ends. */
  ticketCertificate: centralBase
    .route({
      method: 'POST',
      path: '/v1/terminals/{terminal}/ticket-certificates',
      summary: "The server's certificate of the terminal's key, for its tickets",
    })
    .input(z.object({ terminal: Uuid }))
    .output(z.object({ certificate: TicketCertificate })),
};
