import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { comptoirOn, Demo, dataFolder, kill, processesLeftOn, processOf } from '#test/harness/demo.ts';

const main = join(import.meta.dirname, '../../electron/cli/main.ts');

let data: string;
let running: ChildProcess | null = null;
beforeEach(() => {
  data = dataFolder();
});
afterEach(async () => {
  await end('SIGKILL');
  for (const { pid } of await processesLeftOn(data)) kill(pid, 'SIGKILL');
  rmSync(data, { recursive: true, force: true });
});

/** Runs a verb that goes on until it is told to end. @returns its one document */
async function run(verb: string): Promise<unknown> {
  const child = spawn(process.execPath, [main, verb, '--json', '--data', data], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  running = child;
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  return JSON.parse(line);
}

async function end(signal: NodeJS.Signals): Promise<number | null> {
  const child = running;
  running = null;
  if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
  const exited = once(child, 'exit') as Promise<[number | null]>;
  child.kill(signal);
  return (await exited)[0];
}

const refused = (type: string, status = 3, facts: object = {}) => ({
  status,
  json: { ok: false, error: { type, ...facts } },
});

describe('`comptoir central`: the server alone', () => {
  it('says where it is, answers there, and ends in good order', async () => {
    const said = await run('central');
    expect(said).toMatchObject({
      ok: true,
      value: { url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/), data },
    });
    const { url } = (said as { value: { url: string } }).value;
    expect((await fetch(`${url}/v1/health`)).status).toBe(200);
    expect(await (await fetch(`${url}/v1/openapi.json`)).json()).toMatchObject({
      openapi: expect.stringMatching(/^3\.1/),
    });
    expect(await comptoirOn(data, ['central'])).toMatchObject(refused('DataFolderInUse'));
    expect(await end('SIGINT')).toBe(0);
    expect(await processesLeftOn(data)).toEqual([]);
  });

  it('says so with its exit status when the server ends by itself', async () => {
    await run('central');
    kill(processOf(data, /backend\/main\.ts/), 'SIGTERM');
    const [status] = (await once(running!, 'exit')) as [number];
    expect(status).toBe(1);
  });
});

describe('`comptoir service`: a till that is no demonstration', () => {
  let demo: Demo;
  beforeAll(async () => {
    demo = await Demo.start();
  });
  afterAll(async () => {
    await demo?.remove();
  });

  it('[T15] refuses to sell and to pretend before it is enrolled', async () => {
    expect(await run('service')).toMatchObject({ ok: true, value: { tillUrl: expect.any(String), data } });
    expect(await comptoirOn(data, ['status'])).toMatchObject({
      status: 0,
      json: { value: { link: 'not-enrolled', terminal: null, unsent: 0 } },
    });
    expect(await comptoirOn(data, ['sale', '--amount', '100'])).toMatchObject(refused('NotSignedIn'));
    expect(await comptoirOn(data, ['simulate', 'card', 'present', '1'])).toMatchObject(refused('NotSimulated'));
    expect(await comptoirOn(data, ['simulate', 'link', 'down'])).toMatchObject(refused('NotSimulated'));
    expect(await comptoirOn(data, ['device', 'set', 'printer', 'simulated:'])).toMatchObject(refused('NotSimulated'));
    expect(await end('SIGINT')).toBe(0);
    expect(await processesLeftOn(data)).toEqual([]);
  });

  it('[T16] [T25] [T26] becomes a till of the shop with a code that works once, and keeps it over a restart', async () => {
    await run('service');
    const { centralUrl, samples } = demo.ready;
    const enrol = (code: string, central = centralUrl) =>
      comptoirOn(data, ['enrol', '--central', central, '--code', code]);
    expect(await enrol('AAAA-AAAA')).toMatchObject(refused('EnrolmentCodeInvalid'));
    expect(await enrol(samples.enrolmentCode, 'http://127.0.0.1:3')).toMatchObject(
      refused('EnrolmentFailed', 3, { why: 'refused' }),
    );
    expect(await enrol(samples.enrolmentCode, 'here')).toMatchObject(refused('InvalidRequest'));
    const enrolled = await enrol(samples.enrolmentCode);
    expect(enrolled).toMatchObject({
      status: 0,
      json: { value: { terminal: expect.any(String), tenant: expect.any(String), roles: ['loyalty'] } },
    });
    const terminal = enrolled.json.ok ? enrolled.json.value.terminal : null;
    expect(terminal).not.toBe((await demo.done('status')).terminal);
    expect(await comptoirOn(data, ['sync', '--wait'])).toMatchObject({ status: 0, json: { value: { unsent: 0 } } });

    await end('SIGINT');
    await run('service');
    expect(await comptoirOn(data, ['status'])).toMatchObject({ json: { value: { terminal } } });
    expect(await enrol(samples.enrolmentCode)).toMatchObject(refused('AlreadyEnrolled'));
    // The shop's staff sign in here with the PIN they have everywhere; this machine may lack a reader, which it then says.
    const words = ['sale', '--amount', '100', '--timeout', '1', '--staff', 'cashier', '--pin-stdin'];
    const sale = await comptoirOn(data, words, { stdin: `${demo.pinOf('cashier')}\n` });
    expect(sale.status).toBe(3);
    const type = sale.json.ok ? null : sale.json.error.type;
    expect(['CardServiceUnavailable', 'ReaderUnavailable', 'NoCardInTime']).toContain(type);
    expect(await comptoirOn(data, ['journal', 'verify'])).toMatchObject({ status: 0, json: { value: { faults: [] } } });
  });
});
