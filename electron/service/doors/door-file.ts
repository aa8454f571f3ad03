import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const DoorFile = z.object({ url: z.string(), token: z.string(), pid: z.int().positive(), startedAt: z.string() });
/** Where a running service is, and the token that lets the same user's command in. */
export type DoorFile = z.infer<typeof DoorFile>;

const pathIn = (dataDir: string) => join(dataDir, 'door.json');

/** Writes the door file, readable by its owner only, in one step. */
export function writeDoorFile(dataDir: string, door: DoorFile): void {
  const temporary = `${pathIn(dataDir)}.new`;
  // One that a crash left behind may be readable by others, and would stay so.
  rmSync(temporary, { force: true });
  const file = openSync(temporary, 'wx', 0o600);
  writeFileSync(file, JSON.stringify(door));
  fsyncSync(file);
  closeSync(file);
  renameSync(temporary, pathIn(dataDir));
}

/** Reads the door file. Null: none, unreadable, or left behind by a service that is gone. */
export function readDoorFile(dataDir: string): DoorFile | null {
  try {
    const door = DoorFile.parse(JSON.parse(readFileSync(pathIn(dataDir), 'utf8')));
    process.kill(door.pid, 0);
    return door;
  } catch {
    return null;
  }
}

export function removeDoorFile(dataDir: string): void {
  rmSync(pathIn(dataDir), { force: true });
}
