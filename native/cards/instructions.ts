/** DESFire EV1 instruction codes (NXP MF3ICD81 functional specification; also in nfc-tools' libfreefare). */
export const INS = {
  authenticateLegacy: 0x0a,
  authenticateIso: 0x1a,
  authenticateAes: 0xaa,
  additionalFrame: 0xaf,
  changeKeySettings: 0x54,
  getKeySettings: 0x45,
  changeKey: 0xc4,
  getKeyVersion: 0x64,
  setConfiguration: 0x5c,
  createApplication: 0xca,
  deleteApplication: 0xda,
  getApplicationIds: 0x6a,
  getDfNames: 0x6d,
  selectApplication: 0x5a,
  formatPicc: 0xfc,
  getVersion: 0x60,
  getFreeMemory: 0x6e,
  getCardUid: 0x51,
  getFileIds: 0x6f,
  getIsoFileIds: 0x61,
  getFileSettings: 0xf5,
  changeFileSettings: 0x5f,
  createStdDataFile: 0xcd,
  createBackupDataFile: 0xcb,
  createValueFile: 0xcc,
  createLinearRecordFile: 0xc1,
  createCyclicRecordFile: 0xc0,
  deleteFile: 0xdf,
  readData: 0xbd,
  writeData: 0x3d,
  getValue: 0x6c,
  credit: 0x0c,
  debit: 0xdc,
  limitedCredit: 0x1c,
  readRecords: 0xbb,
  writeRecord: 0x3b,
  clearRecordFile: 0xeb,
  commitTransaction: 0xc7,
  abortTransaction: 0xa7,
} as const;

export type Instruction = (typeof INS)[keyof typeof INS];

/** DESFire status bytes: the second byte of 91 xx. */
export const STATUS = {
  ok: 0x00,
  noChanges: 0x0c,
  outOfMemory: 0x0e,
  illegalCommand: 0x1c,
  integrityError: 0x1e,
  noSuchKey: 0x40,
  lengthError: 0x7e,
  permissionDenied: 0x9d,
  parameterError: 0x9e,
  applicationNotFound: 0xa0,
  authenticationError: 0xae,
  additionalFrame: 0xaf,
  boundaryError: 0xbe,
  commandAborted: 0xca,
  countError: 0xce,
  duplicate: 0xde,
  fileNotFound: 0xf0,
} as const;

/** How data crosses: in clear, in clear with a MAC, or enciphered with a checksum. Numbers as in a file's settings. */
export const COMM = { plain: 0x00, maced: 0x01, enciphered: 0x03 } as const;
export type CommMode = keyof typeof COMM;
