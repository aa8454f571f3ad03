import { rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { comptoirOn, comptoirText, dataFolder } from '#test/harness/demo.ts';

let data: string;
beforeEach(() => {
  data = dataFolder();
});
afterEach(() => {
  rmSync(data, { recursive: true, force: true });
});

describe('wrong usage is exit 2, and says what was expected', () => {
  it.each([
    [['frobnicate'], /unknown verb 'frobnicate'/],
    [['journal'], /comptoir journal list \| comptoir journal verify/],
    [['sale'], /--amount A/],
    [['sale', '--amount'], /--amount/],
    [['sale', '--amount', '5', '--price', '6'], /--price/],
    [['sale', '--amount', '5', '--timeout', 'soon'], /--timeout 1\.\.300, not 'soon'/],
    [['sale', '--amount', '5', '--intention', '7'], /--intention UUID, not '7'/],
    [['status', '--lang', 'de'], /--lang fr\|en, not 'de'/],
    [['enrol', '--code', 'ABCD'], /--central/],
    [['demo', '--devices', 'toy'], /--devices simulated\|real, not 'toy'/],
  ])('%j', async (words, message) => {
    const { status, json } = await comptoirOn(data, words);
    expect({ status, json }).toMatchObject({
      status: 2,
      json: { ok: false, error: { type: 'Usage', message: expect.stringMatching(message), remedy: 'comptoir help' } },
    });
  });
});

describe('help', () => {
  it('tells every verb in either language, and one verb alone', async () => {
    const french = await comptoirText(['help', '--lang', 'fr']);
    expect(french).toMatchObject({ status: 0, stderr: '' });
    for (const verb of [
      'demo',
      'central',
      'service',
      'status',
      'device set',
      'card show',
      'sale',
      'journal verify',
      'sync',
      'simulate',
    ])
      expect(french.stdout).toContain(`comptoir ${verb} `);
    expect(french.stdout).toContain('un réseau entier sur ce poste');
    const one = await comptoirText(['sale', '--help', '--lang', 'en']);
    expect(one.stdout).toMatch(/^ {2}comptoir sale --amount A/);
    expect(one.stdout).toContain('a sale that earns points');
    expect(one.stdout).not.toContain('comptoir status');
  });

  it('is one document for scripts, and exit 2 where no word was said', async () => {
    const { json } = await comptoirOn(data, ['help', 'journal']);
    expect(json).toMatchObject({
      value: { verbs: [{ name: 'journal list' }, { name: 'journal verify' }, { name: 'journal export' }] },
    });
    expect(await comptoirText([])).toMatchObject({ status: 2, stdout: expect.stringContaining('comptoir sale') });
  });
});

describe('no service is exit 4, and says how to start one', () => {
  const noService = {
    status: 4,
    json: { ok: false, error: { type: 'NoService', remedy: expect.stringContaining('comptoir demo') } },
  };
  const door = (url: string, pid: number) =>
    writeFileSync(
      join(data, 'door.json'),
      JSON.stringify({ url, token: 'x', pid, startedAt: '2026-11-21T08:00:00.000Z' }),
    );

  it.each([
    [['status']],
    [['sale', '--amount', '5']],
    [['simulate', 'link', 'down']],
    [['sync', '--wait']],
    [['card', 'show']],
    [['journal', 'verify']],
  ])('%j', async (words) => {
    expect(await comptoirOn(data, words)).toMatchObject(noService);
  });

  it('a door file of a process that is gone', async () => {
    door('http://127.0.0.1:9', 2 ** 22 + 1);
    expect(await comptoirOn(data, ['status'])).toMatchObject(noService);
  });

  it('a door file whose process number another program has now', async () => {
    door('http://127.0.0.1:9', process.pid);
    expect(await comptoirOn(data, ['status'])).toMatchObject(noService);
  });

  it('a door file whose port another program has now', async () => {
    const stranger = createServer((socket) =>
      socket
        .on('error', () => {})
        .resume()
        .end('220 mail.example ESMTP\r\n'),
    ).listen(0, '127.0.0.1');
    await new Promise((resolve) => stranger.once('listening', resolve));
    const address = stranger.address();
    if (typeof address !== 'object' || !address) throw new Error('no port');
    door(`http://127.0.0.1:${address.port}`, process.pid);
    expect(await comptoirOn(data, ['status'])).toMatchObject(noService);
    await new Promise((resolve) => stranger.close(resolve));
  });

  it('a door file that was cut short', async () => {
    writeFileSync(join(data, 'door.json'), '{"url":"http://127');
    expect(await comptoirOn(data, ['status'])).toMatchObject(noService);
  });

  it('a folder that is not there', async () => {
    expect(await comptoirOn(join(data, 'nowhere'), ['status'])).toMatchObject(noService);
  });
});

it('[T37] verifying a file that is no journal is a refusal with its reason', async () => {
  writeFileSync(join(data, 'till.db'), 'not a database');
  const { status, json } = await comptoirOn(data, ['journal', 'verify']);
  expect({ status, json }).toMatchObject({ status: 3, json: { error: { type: 'StoreCorrupt' } } });
});
