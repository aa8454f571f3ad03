import { z } from 'zod';
import { Enrolment } from '#contract/central/index.ts';
import { trainingNetworkId } from '#contract/loyalty/training.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import { readPublicKey } from '../keys/es256.ts';
import type { TerminalKeys } from '../keys/index.ts';
import type { CentralClient } from './central-client.ts';
import type { CentralFailure } from './failures.ts';
import type { StoreFault } from './store-port.ts';

/** Where the sealed enrolment is kept: one text. */
export interface EnrolmentShelf {
  load(): string | null;
  /** Durable when it returns. */
  save(sealed: string): Result<unknown, StoreFault>;
}

export interface KeptEnrolment {
  centralUrl: string;
  enrolment: Enrolment;
}

export type EnrolmentFault =
  /** The kept enrolment does not open, or is not one: the data folder is another installation's, or damaged. */
  | { type: 'EnrolmentUnreadable' }
  /** It was made for another key pair than this installation now has. */
  | { type: 'EnrolmentOfAnotherKey' }
  | { type: 'StoreRefused'; cause: string };

const purpose = 'enrolment';
/** The public key is kept beside it, to notice an identity that was made anew. */
const Kept = z.object({ centralUrl: z.string(), publicKey: z.string(), enrolment: Enrolment });

/** The enrolment kept before; null when this installation is no terminal yet. It holds card master keys: keep it out of logs. */
export function loadEnrolment(
  keys: TerminalKeys,
  shelf: Pick<EnrolmentShelf, 'load'>,
): Result<KeptEnrolment | null, EnrolmentFault> {
  const sealed = shelf.load();
  if (sealed === null) return ok(null);
  const opened = keys.open(sealed, purpose);
  if (!opened.ok) return err({ type: 'EnrolmentUnreadable' });
  const kept = Kept.safeParse(JSON.parse(new TextDecoder().decode(opened.value)));
  if (!kept.success) return err({ type: 'EnrolmentUnreadable' });
  if (kept.data.publicKey !== keys.publicKeySpkiBase64) return err({ type: 'EnrolmentOfAnotherKey' });
  return ok({ centralUrl: kept.data.centralUrl, enrolment: kept.data.enrolment });
}

/**
 * Makes this installation a terminal, with a single-use code. All of the enrolment is sealed at rest, card master keys included.
 * @param central an unsigned client: the server does not know the key yet
 */
export async function enrolTerminal(options: {
  central: CentralClient;
  centralUrl: string;
  keys: TerminalKeys;
  shelf: EnrolmentShelf;
  code: string;
  name: string;
}): Promise<Result<Enrolment, CentralFailure | EnrolmentFault>> {
  const { central, centralUrl, keys, shelf, code, name } = options;
  const publicKey = keys.publicKeySpkiBase64;
  const answer = await central.enrol({ code, publicKey, name });
  if (!answer.ok) return answer;
  if (readPublicKey(answer.value.serverPublicKey) === null) {
    return err({ type: 'CentralAnswerInvalid', what: 'schema', where: 'serverPublicKey' });
  }
  // Its cards would be those that every training till of the world has.
  if (answer.value.network.id === trainingNetworkId) {
    return err({ type: 'CentralAnswerInvalid', what: 'schema', where: 'network' });
  }
  const saved = keepEnrolment(keys, shelf, { centralUrl, enrolment: answer.value });
  return saved.ok ? ok(answer.value) : err({ type: 'StoreRefused', cause: saved.error.type });
}

/** Seals an enrolment and puts it in place of the one before. */
export function keepEnrolment(
  keys: TerminalKeys,
  shelf: EnrolmentShelf,
  { centralUrl, enrolment }: KeptEnrolment,
): Result<unknown, StoreFault> {
  const kept: z.input<typeof Kept> = { centralUrl, publicKey: keys.publicKeySpkiBase64, enrolment };
  return shelf.save(keys.seal(new TextEncoder().encode(JSON.stringify(kept)), purpose));
}
