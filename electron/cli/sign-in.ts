import { ORPCError } from '@orpc/client';
import type { TillClient } from './door-client.ts';
import type { Secrets } from './secrets.ts';
import type { Options, Verb } from './verb.ts';

type Acting = {
  till: TillClient;
  verb: Verb;
  options: Options;
  secrets: Secrets;
  uuid: () => string;
  progress: (text: string) => void;
};

/**
 * Signs in for a verb that acts: --staff CODE with the PIN from standard input (--pin-stdin) or from a prompt without echo.
 * In a demonstration, where the PINs are no secret, a member of staff with the verb's role acts when nobody is named.
 */
export async function signInFor({ till, verb, options, secrets, uuid, progress }: Acting): Promise<void> {
  if (!('actsAs' in verb) || !verb.actsAs) return;
  const code = options.staff;
  if (typeof code === 'string') {
    await till.staff.signIn({ intention: uuid(), code, pin: await secrets.ask(code) });
    return;
  }
  const member = await demoMember(till, verb.actsAs);
  if (!member) return;
  progress(`${member.name} (${member.code})`);
  await till.staff.signIn({ intention: uuid(), code: member.code, pin: member.pin });
}

/** Somebody with this role, and their PIN, where PINs are no secret; null on any other installation. */
export async function demoMember(till: TillClient, role: string) {
  try {
    const { staff } = await till.demo.info();
    return staff.find((member) => member.role === role) ?? null;
  } catch (error) {
    if (error instanceof ORPCError && error.code === 'REFUSED') return null;
    throw error;
  }
}
