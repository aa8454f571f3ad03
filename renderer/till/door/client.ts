import { createORPCClient, ORPCError } from '@orpc/client';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import { RPCLink as SocketLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import type { DoorContract } from '#contract/till/door.ts';
import { type TillError, type TillErrorType, tillErrors } from '#contract/till/errors.ts';
import type { TillContract } from '#contract/till/index.ts';

/** The resident service, as the contract draws it. */
export type TillClient = ContractRouterClient<TillContract>;
/** The same with the training till beside it. */
export type DoorClient = ContractRouterClient<DoorContract>;

export const clientOverSocket = (websocket: WebSocket): DoorClient => createORPCClient(new SocketLink({ websocket }));

export function clientOverPort(port: MessagePort): DoorClient {
  const client: DoorClient = createORPCClient(new PortLink({ port }));
  port.start();
  return client;
}

/**
 * The refusal in what a call threw; null when the call did not arrive or its answer was lost, which says nothing about
 * what happened on the other side.
 */
export function refusalOf(thrown: unknown): TillError | null {
  if (!(thrown instanceof ORPCError)) return null;
  const data: unknown = thrown.data;
  if (thrown.code === 'REFUSED' && isTillError(data)) return data;
  if (thrown.code === 'BAD_REQUEST') return { type: 'InvalidRequest' };
  return null;
}

const isTillError = (data: unknown): data is TillError =>
  typeof data === 'object' && data !== null && 'type' in data && (data.type as TillErrorType) in tillErrors;
