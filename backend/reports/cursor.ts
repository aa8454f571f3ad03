/** PostgreSQL's types of what lists are ordered by. */
export type CursorType = 'timestamptz' | 'date' | 'uuid' | 'integer' | 'bigint' | 'text';

const integer = /^-?\d{1,15}$/;
const forms: Readonly<Record<CursorType, RegExp>> = {
  timestamptz: /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(\.\d{1,6})?[+-]\d{2}(:\d{2})?$/,
  date: /^\d{4}-\d{2}-\d{2}$/,
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  integer: /^-?\d{1,9}$/,
  bigint: integer,
  // A NUL is the one character that PostgreSQL's text cannot hold.
  text: /^[^\0]{0,200}$/,
};
const isDay = (text: string) => !Number.isNaN(Date.parse(text.slice(0, 10)));

/** The last row of a page, as the next one's beginning. It holds nothing that the page did not show. */
export const writeCursor = (keys: readonly string[]): string => Buffer.from(JSON.stringify(keys)).toString('base64url');

function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return null;
  }
}

/** Null for anything that {@link writeCursor} has not written for a list of this order. */
export function readCursor(text: string, types: readonly CursorType[]): string[] | null {
  if (text.length > 1_000 || !/^[\w-]+$/.test(text)) return null;
  const keys = parsed(Buffer.from(text, 'base64url').toString('utf8'));
  if (!Array.isArray(keys) || keys.length !== types.length) return null;
  const sound = types.every((type, at) => {
    const key: unknown = keys[at];
    if (typeof key !== 'string' || !forms[type].test(key)) return false;
    return (type !== 'timestamptz' && type !== 'date') || isDay(key);
  });
  return sound ? (keys as string[]) : null;
}
