import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readDoorFile, removeDoorFile, writeDoorFile } from './door-file.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'comptoir-door-'));
});
afterEach(() => rmSync(dataDir, { recursive: true }));

const door = {
  url: 'http://127.0.0.1:4711',
  token: 'a-token',
  pid: process.pid,
  startedAt: '2026-11-21T09:00:00.000Z',
};
/** Above the highest number that Linux gives (kernel/pid: PID_MAX_LIMIT, 2^22). */
const pidOfNobody = 2 ** 22 + 1;

describe('the door file', () => {
  it('is for its owner alone, and is there whole or not at all', () => {
    writeDoorFile(dataDir, door);
    expect(statSync(join(dataDir, 'door.json')).mode & 0o777).toBe(0o600);
    expect(readDoorFile(dataDir)).toEqual(door);
    writeDoorFile(dataDir, { ...door, url: 'http://127.0.0.1:4712' });
    expect(readDoorFile(dataDir)?.url).toBe('http://127.0.0.1:4712');
    expect(readdirSync(dataDir)).toEqual(['door.json']);
  });

  it('stays private when an older one was readable by all', () => {
    writeFileSync(join(dataDir, 'door.json.new'), '', { mode: 0o644 });
    writeDoorFile(dataDir, door);
    expect(statSync(join(dataDir, 'door.json')).mode & 0o777).toBe(0o600);
  });

  it('of a service that is gone leads nowhere', () => {
    writeDoorFile(dataDir, { ...door, pid: pidOfNobody });
    expect(readDoorFile(dataDir)).toBeNull();
  });

  it.each(['', '{', '7', '{"url":"http://127.0.0.1:1"}', '{"url":1,"token":2,"pid":"x","startedAt":0}'])(
    'that is damaged leads nowhere: %s',
    (text) => {
      writeFileSync(join(dataDir, 'door.json'), text);
      expect(readDoorFile(dataDir)).toBeNull();
    },
  );

  it('that names no process leads nowhere', () => {
    for (const pid of [0, -1]) {
      writeDoorFile(dataDir, { ...door, pid });
      expect(readDoorFile(dataDir)).toBeNull();
    }
  });

  it('is taken away at the end, however often', () => {
    writeDoorFile(dataDir, door);
    removeDoorFile(dataDir);
    removeDoorFile(dataDir);
    expect(readDoorFile(dataDir)).toBeNull();
  });
});
