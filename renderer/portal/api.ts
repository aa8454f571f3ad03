import { createORPCClient, ORPCError } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import { OpenAPILink } from '@orpc/openapi-client/fetch';
import { cardholderContract } from '#contract/central/cardholder.ts';
import type { CentralError } from '#contract/central/errors.ts';

export type PortalClient = ContractRouterClient<typeof cardholderContract>;

/** Speaks REST to the server this page came from. @param token the session's bearer, asked for at each call */
export const createPortalClient = (origin: string, token: () => string | null): PortalClient =>
  createORPCClient(
    new OpenAPILink(cardholderContract, {
      url: origin,
      headers: () => {
        const bearer = token();
        return bearer === null ? {} : { authorization: `Bearer ${bearer}` };
      },
    }),
  );

export type PortalTrouble = { type: CentralError['type'] | 'unreachable'; facts: CentralError['facts'] };

/** What went wrong with a call: the server's own refusal, or that it was not reached. */
export function troubleOf(thrown: unknown): PortalTrouble {
  const data: unknown = thrown instanceof ORPCError ? thrown.data : null;
  if (typeof data !== 'object' || data === null || !('type' in data)) return { type: 'unreachable', facts: {} };
  const { type, facts } = data as CentralError;
  return { type, facts };
}
