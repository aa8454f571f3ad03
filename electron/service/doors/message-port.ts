import { RPCHandler } from '@orpc/server/message-port';
import { connectionContext, type DoorRouter } from './context.ts';

type Port = Parameters<RPCHandler<never>['upgrade']>[0];
/** The parent port of an Electron utility process, as far as a door needs it. */
export type ParentPort = {
  on(event: 'message', listener: (message: { data: unknown; ports: { start(): void }[] }) => void): unknown;
};

/**
 * The way in for Electron's renderer: the shell, which has checked who asks, hands over one end of a channel.
 * Each port is a connection of its own.
 */
export function openMessagePortDoor(router: DoorRouter, parent: ParentPort): void {
  const rpc = new RPCHandler(router);
  parent.on('message', ({ data, ports: [port] }) => {
    if (data !== 'comptoir:door' || !port) return;
    rpc.upgrade(port as unknown as Port, { context: connectionContext('screens') });
    port.start();
  });
}
