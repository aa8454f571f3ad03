import { createORPCClient, ORPCError } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import { OpenAPILink } from '@orpc/openapi-client/fetch';
import { type CentralContract, type CentralError, centralContract } from '#contract/central/index.ts';

/** The central server, as the contract draws it. */
export type CentralClient = ContractRouterClient<CentralContract>;

/**
 * Speaks REST to the server this page came from. The routes are derived from the contract.
 * @param token the session's bearer, asked for at each call
 */
export const createCentralClient = (origin: string, token: () => string | null): CentralClient =>
  createORPCClient(
    new OpenAPILink(centralContract, {
      url: origin,
      headers: () => {
        const bearer = token();
        return bearer === null ? {} : { authorization: `Bearer ${bearer}` };
      },
    }),
  );

/** What went wrong with a call: the server's own refusal, or that it was not reached. */
export type Trouble = { type: CentralError['type']; facts: CentralError['facts'] } | { type: 'unreachable' };

export function troubleOf(thrown: unknown): Trouble {
  if (!(thrown instanceof ORPCError)) return { type: 'unreachable' };
  const data: unknown = thrown.data;
  if (typeof data === 'object' && data !== null && 'type' in data) {
    const { type, facts } = data as CentralError;
    return { type, facts };
  }
  return thrown.status === 401 ? { type: 'NotSignedIn', facts: {} } : { type: 'unreachable' };
}
