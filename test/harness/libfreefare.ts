import { existsSync } from 'node:fs';
import koffi from 'koffi';

/**
 * Debian's libfreefare (nfc-tools), as it comes, called through koffi: a DESFire library that knows nothing of our card.
 * Its calls wait for the serial line, so each runs on a thread of its own while the line is served here.
 */

const FREEFARE = 'libfreefare.so.0';
const NFC = 'libnfc.so.6';
const APT = 'apt-get install -y libfreefare-bin socat';

export const missingForLibfreefare = (): string | undefined =>
  existsSync('/usr/bin/mifare-desfire-info') && existsSync('/usr/bin/socat') ? undefined : `Run as root: ${APT}`;

/** An opaque pointer of the library's. */
type Handle = unknown;
type Native = { async(...parameters: unknown[]): void };

const call = (fn: Native, ...parameters: unknown[]): Promise<unknown> =>
  new Promise((resolve, reject) => {
    fn.async(...parameters, (error: unknown, result: unknown) => (error ? reject(error) : resolve(result)));
  });

const SIGNATURES = {
  select_application: 'int mifare_desfire_select_application(void *tag, void *aid)',
  authenticate_aes: 'int mifare_desfire_authenticate_aes(void *tag, uint8_t keyNo, void *key)',
  authenticate: 'int mifare_desfire_authenticate(void *tag, uint8_t keyNo, void *key)',
  change_key: 'int mifare_desfire_change_key(void *tag, uint8_t keyNo, void *next, void *old)',
  change_key_settings: 'int mifare_desfire_change_key_settings(void *tag, uint8_t settings)',
  get_key_settings: 'int mifare_desfire_get_key_settings(void *tag, uint8_t *settings, uint8_t *keys)',
  get_key_version: 'int mifare_desfire_get_key_version(void *tag, uint8_t keyNo, uint8_t *version)',
  set_default_key: 'int mifare_desfire_set_default_key(void *tag, void *key)',
  create_application_aes:
    'int mifare_desfire_create_application_aes(void *tag, void *aid, uint8_t settings, uint8_t keys)',
  delete_application: 'int mifare_desfire_delete_application(void *tag, void *aid)',
  format_picc: 'int mifare_desfire_format_picc(void *tag)',
  free_mem: 'int mifare_desfire_free_mem(void *tag, uint32_t *size)',
  create_std_data_file:
    'int mifare_desfire_create_std_data_file(void *tag, uint8_t file, uint8_t comm, uint16_t rights, uint32_t size)',
  create_backup_data_file:
    'int mifare_desfire_create_backup_data_file(void *tag, uint8_t file, uint8_t comm, uint16_t rights, uint32_t size)',
  create_value_file:
    'int mifare_desfire_create_value_file(void *tag, uint8_t file, uint8_t comm, uint16_t rights, int32_t lower, int32_t upper, int32_t value, uint8_t limited)',
  create_linear_record_file:
    'int mifare_desfire_create_linear_record_file(void *tag, uint8_t file, uint8_t comm, uint16_t rights, uint32_t size, uint32_t places)',
  create_cyclic_record_file:
    'int mifare_desfire_create_cyclic_record_file(void *tag, uint8_t file, uint8_t comm, uint16_t rights, uint32_t size, uint32_t places)',
  change_file_settings:
    'int mifare_desfire_change_file_settings(void *tag, uint8_t file, uint8_t comm, uint16_t rights)',
  delete_file: 'int mifare_desfire_delete_file(void *tag, uint8_t file)',
  write_data:
    'int64_t mifare_desfire_write_data(void *tag, uint8_t file, int64_t offset, size_t length, const uint8_t *data)',
  read_data: 'int64_t mifare_desfire_read_data(void *tag, uint8_t file, int64_t offset, size_t length, uint8_t *data)',
  write_record:
    'int64_t mifare_desfire_write_record(void *tag, uint8_t file, int64_t offset, size_t length, const uint8_t *data)',
  read_records:
    'int64_t mifare_desfire_read_records(void *tag, uint8_t file, int64_t offset, size_t length, uint8_t *data)',
  clear_record_file: 'int mifare_desfire_clear_record_file(void *tag, uint8_t file)',
  get_value: 'int mifare_desfire_get_value(void *tag, uint8_t file, int32_t *value)',
  credit: 'int mifare_desfire_credit(void *tag, uint8_t file, int32_t amount)',
  debit: 'int mifare_desfire_debit(void *tag, uint8_t file, int32_t amount)',
  limited_credit: 'int mifare_desfire_limited_credit(void *tag, uint8_t file, int32_t amount)',
  commit_transaction: 'int mifare_desfire_commit_transaction(void *tag)',
  abort_transaction: 'int mifare_desfire_abort_transaction(void *tag)',
} as const;

export type FreefareCall = keyof typeof SIGNATURES;

export type Freefare = {
  /** Calls `mifare_desfire_<name>` on the card; gives its result: 0 or a length, negative for an error. */
  run(name: FreefareCall, ...parameters: unknown[]): Promise<number>;
  /** The last status byte the card gave as an error. */
  lastCardError(): number;
  aid(number: number): Handle;
  aesKey(bytes: Uint8Array, version?: number): Handle;
  desKey(bytes: Uint8Array): Handle;
  uid(): Promise<string>;
  close(): Promise<void>;
};

/** Opens the chip on the serial line at `path` and connects to the one DESFire card in its field. */
export async function openFreefare(path: string): Promise<Freefare> {
  const nfc = koffi.load(NFC);
  const lib = koffi.load(FREEFARE);
  const contextHolder: [Handle] = [null];
  nfc.func('void nfc_init(_Out_ void **context)')(contextHolder);
  const [context] = contextHolder;
  const device = await call(nfc.func('void *nfc_open(void *context, const char *name)'), context, `pn532_uart:${path}`);
  if (device === null) throw new Error('libnfc found no chip on the line');
  const tags = await call(lib.func('void *freefare_get_tags(void *device)'), device);
  const tag: Handle = koffi.decode(tags, 'void *');
  if (tag === null) throw new Error('libfreefare found no card in the field');
  const connected = await call(lib.func('int mifare_desfire_connect(void *tag)'), tag);
  if (connected !== 0) throw new Error('libfreefare could not connect to the card');
  const calls = new Map(Object.entries(SIGNATURES).map(([name, signature]) => [name, lib.func(signature)]));
  const lastError = lib.func('uint8_t mifare_desfire_last_picc_error(void *tag)');
  const newAid = lib.func('void *mifare_desfire_aid_new(uint32_t aid)');
  const newAesKey = lib.func('void *mifare_desfire_aes_key_new_with_version(const uint8_t *key, uint8_t version)');
  const newDesKey = lib.func('void *mifare_desfire_des_key_new(const uint8_t *key)');
  const cardUid = lib.func('int mifare_desfire_get_card_uid(void *tag, _Out_ void **uid)');
  return {
    run: async (name, ...parameters) => Number(await call(calls.get(name)!, tag, ...parameters)),
    lastCardError: () => lastError(tag),
    aid: (number) => newAid(number),
    aesKey: (bytes, version = 0) => newAesKey(bytes, version),
    desKey: (bytes) => newDesKey(bytes),
    uid: async () => {
      const holder: [Handle] = [null];
      const result = await call(cardUid, tag, holder);
      if (result !== 0) throw new Error('libfreefare could not read the UID');
      return koffi.decode(holder[0], 'char', 14);
    },
    close: async () => {
      await call(lib.func('int mifare_desfire_disconnect(void *tag)'), tag);
      await call(nfc.func('void nfc_close(void *device)'), device);
      nfc.func('void nfc_exit(void *context)')(context);
    },
  };
}
