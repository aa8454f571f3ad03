import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { WebSocket } from 'ws';
import type { DoorContract } from '#contract/till/door.ts';
import type { TillContract } from '#contract/till/index.ts';
import { readDoorFile } from '#service/doors/door-file.ts';

export type TillClient = ContractRouterClient<TillContract>;
export type Door = {
  till: TillClient;
  /** The training till beside it, which is made if it is not there yet. Refused before the till is enrolled. */
  training(): Promise<TillClient>;
  /** The service went away, or closed its door, since. */
  isGone(): boolean;
  close(): void;
};

const openWithinMs = 5_000;

/** Goes in by the door that the running service wrote down. Null: no service there, or its door file is stale. */
export async function openDoor(dataDir: string): Promise<Door | null> {
  const door = readDoorFile(dataDir);
  if (!door) return null;
  const socket = new WebSocket(`${door.url.replace('http', 'ws')}/door`, { handshakeTimeout: openWithinMs });
  const admitted = await new Promise<boolean>((resolve) => {
    const late = setTimeout(() => resolve(false), openWithinMs);
    const answer = (yes: boolean) => {
      clearTimeout(late);
      resolve(yes);
    };
    socket.once('open', () => socket.send(JSON.stringify({ bearer: door.token })));
    socket.once('message', () => answer(true));
    socket.once('error', () => answer(false));
    socket.once('close', () => answer(false));
  });
  if (!admitted) {
    socket.terminate();
    return null;
  }
  const link = new RPCLink({ websocket: socket as unknown as globalThis.WebSocket });
  const till = createORPCClient<ContractRouterClient<DoorContract>>(link);
  return {
    till,
    async training() {
      await till.training.enter();
      return till.training.on;
    },
    isGone: () => socket.readyState !== WebSocket.OPEN,
    close: () => socket.terminate(),
  };
}
