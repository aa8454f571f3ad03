import { pathToFileURL } from 'node:url';
import { type PcscScenario, pcscPorts, preparePcscNamespace } from './pcscd.ts';

// Runs as the first process of the namespaces that `inPcscNamespace` opens.
const [script, ...args] = process.argv.slice(2);
if (script === undefined) throw new Error('usage: pcscd-inside.ts <scenario> [args]');

const pcscd = preparePcscNamespace();
await pcscd.start();
try {
  const scenario = (await import(pathToFileURL(script).href)) as { default?: PcscScenario };
  const report = (line: Record<string, unknown>) => process.stdout.write(`${JSON.stringify(line)}\n`);
  await scenario.default?.({ pcscd, ports: pcscPorts, report }, args);
} finally {
  await pcscd.kill();
}
