import { lstat, readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/** PostgreSQL refuses to run as root: the account it runs under instead. `null` when we are not root ourselves. */
export type ServiceUser = { uid: number; gid: number } | null;

/** `nobody` of this machine when root starts us. The id must have a passwd entry, else initdb gives up. */
export async function serviceUser(ownUid: number | undefined): Promise<ServiceUser> {
  if (ownUid !== 0) return null;
  const passwd = await readFile('/etc/passwd', 'utf8');
  const nobody = /^nobody:[^:]*:(\d+):(\d+):/m.exec(passwd);
  if (!nobody) throw new Error('root starts the database, and this machine has no user `nobody` to run it under');
  return { uid: Number(nobody[1]), gid: Number(nobody[2]) };
}

const otherMaySearch = 0o001;

/** May that user walk down to `path` through every folder above it? (Folders that do not exist yet are ours to make.) */
export async function canReach(user: ServiceUser, path: string): Promise<boolean> {
  if (user === null) return true;
  for (let folder = dirname(resolve(path)); ; folder = dirname(folder)) {
    const stat = await lstat(folder).catch(() => null);
    if (stat && stat.uid !== user.uid && (stat.mode & otherMaySearch) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}
