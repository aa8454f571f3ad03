import { cpus, release, totalmem, type } from 'node:os';

/** What a reader needs to judge the figures: the machine they come from. */
export function machineFacts(): string {
  const [first] = cpus();
  const memoryGb = Math.round(totalmem() / 2 ** 30);
  return `${cpus().length} x ${first?.model ?? 'unknown processor'}, ${memoryGb} GB, ${type()} ${release()}, Node ${process.version}`;
}
