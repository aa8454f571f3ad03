/** One step up, run in one transaction. There is no way down: an older program refuses a newer store. */
export type Migration = { readonly version: number; readonly sql: string };
