/** How to reach a PostgreSQL as one of its roles. */
export type Connection = { user: string; password: string; database: string } & (
  | { host: string; port: number; ssl?: boolean }
  | { connectionString: string }
);

/** A PostgreSQL URL as a connection; `as` logs in as another role of the same database. */
export function connectionOf(url: string, as?: { user: string; password: string }): Connection {
  const parsed = new URL(url);
  if (as) {
    parsed.username = encodeURIComponent(as.user);
    parsed.password = encodeURIComponent(as.password);
  }
  return {
    connectionString: parsed.href,
    user: decodeURIComponent(parsed.username),
    password: decodeURIComponent(parsed.password),
    database: decodeURIComponent(parsed.pathname.slice(1)),
  };
}
