import { z } from 'zod';
import { TillError } from '#contract/till/errors.ts';

const RequestId = z.int().nonnegative();
const Bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);

/**
 * With this message comes one port: a window's way in, on which the till's contract is spoken. The same word is used
 * between the window and the shell. The shell sends it only after `ready`.
 */
export const doorMessage = 'comptoir:door';

/** What else Electron's main process says to the resident service over the channel they are born with. */
export const ShellMessage = z.discriminatedUnion('type', [
  /** First of all. `cipher`: the operating system's key store answers `encrypt` and `decrypt`. */
  z.object({ type: z.literal('start'), cipher: z.boolean() }),
  z.object({ type: z.literal('encrypted'), id: RequestId, bytes: Bytes }),
  z.object({ type: z.literal('decrypted'), id: RequestId, text: z.string() }),
  z.object({ type: z.literal('cipher-refused'), id: RequestId, code: z.string() }),
  /** Finish what is under way, leave the databases tidy, and end. */
  z.object({ type: z.literal('stop') }),
]);
export type ShellMessage = z.infer<typeof ShellMessage>;

/** What the resident service says to Electron's main process. */
export const ServiceMessage = z.discriminatedUnion('type', [
  /** Doors are served from now on. `externalOrigins`: where links of the screens may lead in the system's browser. */
  z.object({ type: z.literal('ready'), externalOrigins: z.array(z.string().max(300)).max(20) }),
  z.object({ type: z.literal('encrypt'), id: RequestId, text: z.string().max(10_000) }),
  z.object({ type: z.literal('decrypt'), id: RequestId, bytes: Bytes }),
  /** It cannot run until a person acts; it ends by itself after this, and is not started again. */
  z.object({ type: z.literal('failed'), error: TillError }),
]);
export type ServiceMessage = z.infer<typeof ServiceMessage>;
