import { createInterface } from 'node:readline';

/** PINs, in the order in which they are asked for. */
export interface Secrets {
  /** @param what whose PIN it is, for the prompt */
  ask(what: string): Promise<string>;
  /** Lets standard input go: a pipe that its writer leaves open would keep the command from ending. */
  close(): void;
}

/** @param oneALine from the lines of standard input (--pin-stdin); else from a prompt without echo */
export function openSecrets(oneALine: boolean): Secrets {
  let lines: AsyncIterator<string> | null = null;
  const nextLine = async (): Promise<string> => {
    lines ??= createInterface({ input: process.stdin })[Symbol.asyncIterator]();
    const line = await lines.next();
    return line.done ? '' : line.value.trim();
  };
  return {
    ask(what) {
      if (oneALine) return nextLine();
      process.stderr.write(`PIN (${what}): `);
      return process.stdin.isTTY ? typed() : nextLine();
    },
    close() {
      if (lines) process.stdin.destroy();
    },
  };
}

/** Reads a PIN from the terminal without showing it. */
function typed(): Promise<string> {
  const { stdin } = process;
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
