import type { Stats } from 'node:fs';

const WRITABLE_BY_GROUP = 0o020;
const WRITABLE_BY_ALL = 0o002;
/** In such a folder, as /tmp is one, nobody can replace what belongs to another. */
const STICKY = 0o1000;

/**
 * Why somebody else than a user and root may have written a file, or may put other files into a folder.
 * @param what how to call it
 * @param user the effective user's id; undefined on Windows, which has no such owners and modes
 * @returns undefined if nobody else can
 */
export function strangersHand(status: Stats, what: string, user = process.geteuid?.()): string | undefined {
  return strangersOwn(status, what, user) ?? (user === undefined ? undefined : writableByOthers(status, what));
}

/** The same by the owner alone: a link has no mode of its own. */
export function strangersOwn({ uid }: Stats, what: string, user = process.geteuid?.()): string | undefined {
  return user === undefined || uid === user || uid === 0 ? undefined : `${what} belongs to another user (uid ${uid})`;
}

function writableByOthers(status: Stats, what: string): string | undefined {
  const { uid, gid, mode } = status;
  // Where each user has a group of the same number for himself, files are made with mode 664 (pam_umask, usergroups).
  const isOwnGroup = gid === uid && uid !== 0;
  const isWritable = (mode & (isOwnGroup ? WRITABLE_BY_ALL : WRITABLE_BY_ALL | WRITABLE_BY_GROUP)) !== 0;
  const isSticky = status.isDirectory() && (mode & STICKY) !== 0;
  return isWritable && !isSticky ? `others can write to ${what} (mode ${(mode & 0o7777).toString(8)})` : undefined;
}
