import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { VirtualClock } from '#test/harness/virtual-clock.ts';
import { openFileLog } from './log.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'comptoir-log-'));
  path = join(folder, 'log', 'service.log');
});
afterEach(() => rmSync(folder, { recursive: true }));

it('writes one JSON line an event, for its owner alone', () => {
  const log = openFileLog(path, new VirtualClock());
  log('info', 'service.ready', { pid: 7, demo: true });
  log('error', 'defect', { message: 'first line\nsecond line' });
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    { at: '2026-11-21T09:00:00.000Z', level: 'info', event: 'service.ready', pid: 7, demo: true },
    { at: '2026-11-21T09:00:00.000Z', level: 'error', event: 'defect', message: 'first line\nsecond line' },
  ]);
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

it('keeps itself small: five files, the oldest lines go first', () => {
  const log = openFileLog(path, new VirtualClock());
  const megabyte = 'x'.repeat(1_000_000);
  for (let number = 1; number <= 8; number++) log('info', `event-${number}`, { megabyte });
  const files = readdirSync(join(folder, 'log')).sort();
  expect(files).toEqual(['service.log', 'service.log.1', 'service.log.2', 'service.log.3', 'service.log.4']);
  const events = files.map((name) => /event-\d/.exec(readFileSync(join(folder, 'log', name), 'utf8'))?.[0]);
  expect(events).toEqual(['event-8', 'event-7', 'event-6', 'event-5', 'event-4']);
});

it('loses lines where it cannot write, and nothing else', () => {
  const log = openFileLog(path, new VirtualClock());
  rmSync(join(folder, 'log'), { recursive: true });
  writeFileSync(join(folder, 'log'), 'a file where the folder was');
  expect(() => log('info', 'lost')).not.toThrow();
});
