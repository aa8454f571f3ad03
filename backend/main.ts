import { readArguments, usage } from './arguments.ts';
import { composeCentral } from './compose.ts';

/**
 * Runs the central server until it is told to stop. On standard output exactly one line of JSON, when it is ready or cannot be;
 * on standard error the steps of the start, one word a line, and the log, as JSON.
 */
async function main(): Promise<void> {
  const args = readArguments(process.argv.slice(2), process.env);
  if (!args.ok) {
    say({ ready: false, error: args.error });
    process.stderr.write(`${usage}\n`);
    process.exitCode = 2;
    return;
  }
  const { data, database, host, port, seed, smtp, publicUrl, withParent } = args.value;
  // A parent that was killed reads no more: what we say then is lost, and must not keep us from putting the database away.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  const stopAsked = whenToStop(withParent);
  let stopping = false;
  void stopAsked.then(() => {
    stopping = true;
  });
  const started = await composeCentral({
    folder: data,
    ...(database ? { database } : {}),
    host,
    port,
    seed,
    ...(smtp ? { smtp } : {}),
    ...(publicUrl ? { publicUrl } : {}),
    logTo: process.stderr,
    progress: (step) => process.stderr.write(`${step}\n`),
  }).catch((cause) => {
    // Ctrl-C reaches the programs that make the database too, and they give up: that is no defect.
    if (!stopping) throw cause;
    return null;
  });
  if (!started) process.exit(130);
  if (!started.ok) {
    // Ended outright once it is said: a database process that gives up slowly would keep us, and signals are ours to heed now.
    process.stdout.write(`${JSON.stringify({ ready: false, error: started.error })}\n`, () => process.exit(1));
    return;
  }
  const central = started.value;
  say({ ready: true, url: central.url, pid: process.pid, seed: central.seed });
  const databaseLost = central.database?.lost.then(() => 'database lost' as const);
  const reason = await Promise.race([stopAsked, ...(databaseLost ? [databaseLost] : [])]);
  process.stderr.write(`stopping: ${reason}\n`);
  await central.stop();
  process.exit(reason === 'database lost' ? 1 : 0);
}

const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);

/** A signal, or, when a parent holds our standard input, the end of that: its death must not leave us behind. */
function whenToStop(withParent: boolean): Promise<string> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => resolve(signal));
    if (!withParent) return;
    process.stdin.once('close', () => resolve('the parent is gone'));
    process.stdin.once('end', () => resolve('the parent is gone'));
    process.stdin.resume();
  });
}

await main();
