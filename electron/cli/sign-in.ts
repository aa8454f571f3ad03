import { createInterface } from 'node:readline';
import { ORPCError } from '@orpc/client';
import type { TillClient } from './door-client.ts';
import type { Options, Verb } from './verb.ts';

type Acting = { till: TillClient; verb: Verb; options: Options; uuid: () => string; progress: (text: string) => void };

/**
 * Signs in for a verb that acts: --staff CODE with the PIN from standard input (--pin-stdin) or from a prompt without echo.
 * In a demonstration, where the PINs are no secret, a member of staff with the verb's role acts when nobody is named.
 */
export async function signInFor({ till, verb, options, uuid, progress }: Acting): Promise<void> {
  if (!('actsAs' in verb) || !verb.actsAs) return;
  const code = options.staff;
  if (typeof code === 'string') {
    const pin = options['pin-stdin'] ? await firstLine() : await promptedPin(code);
    await till.staff.signIn({ intention: uuid(), code, pin });
    return;
  }
  const member = await demoMember(till, verb.actsAs);
  if (!member) return;
  progress(`demonstration: ${member.name} (${member.code}) acts`);
  await till.staff.signIn({ intention: uuid(), code: member.code, pin: member.pin });
}

async function demoMember(till: TillClient, role: string) {
  try {
    const { staff } = await till.demo.info();
    return staff.find((member) => member.role === role) ?? null;
  } catch (error) {
    if (error instanceof ORPCError && error.code === 'REFUSED') return null;
    throw error;
  }
}

async function firstLine(): Promise<string> {
  try {
    for await (const line of createInterface({ input: process.stdin })) return line.trim();
    return '';
  } finally {
    // A pipe that its writer leaves open would keep the command from ending.
    process.stdin.destroy();
  }
}

/** Reads a PIN from the terminal without showing it. */
function promptedPin(code: string): Promise<string> {
  process.stderr.write(`PIN (${code}): `);
  const { stdin } = process;
  if (!stdin.isTTY) return firstLine();
  stdin.setRawMode(true);
  return new Promise((resolve) => {
    let pin = '';
    stdin.on('data', function take(bytes: Buffer) {
      for (const character of bytes.toString()) {
        if (character === '\u0003') process.exit(130);
        if (character === '\r' || character === '\n') {
          stdin.setRawMode(false);
          stdin.off('data', take);
          stdin.pause();
          process.stderr.write('\n');
          return resolve(pin);
        }
        pin = character === '\u007f' ? pin.slice(0, -1) : pin + character;
      }
    });
  });
}
