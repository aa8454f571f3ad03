/** Why the keys of this installation cannot be used. `file` is a name inside the keys folder, never a full path. */
export type KeysError =
  /** The disk refused; `code` is the system's (ENOSPC, EACCES, …). */
  | { type: 'KeyFileUnreadable'; file: string; code: string }
  | { type: 'KeyFileUnwritable'; file: string; code: string }
  /** Others on this machine may read or change the file. `mode` in octal. */
  | { type: 'KeyFileTooOpen'; file: string; mode: string }
  | { type: 'KeyFileMalformed'; file: string }
  /** The identity is there, the key that opens it is gone. Making a new one would lose the terminal: a person decides. */
  | { type: 'DataKeyMissing' }
  /** The operating system's key store said no; `code` is its own word. */
  | { type: 'KeyStoreRefused'; code: string }
  | SealError;

/** Sealed text that does not open: altered, sealed for another purpose, or sealed by another installation. */
export type SealError = { type: 'SealMalformed'; purpose: string } | { type: 'SealBroken'; purpose: string };
