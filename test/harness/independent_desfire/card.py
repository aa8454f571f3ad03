"""
A blank MIFARE DESFire EV1 (8 KB), written from what is published of it and from nothing of ours: it is there to disagree
with our driver and with our own virtual card (native/simulators/desfire).
Where accounts of the real card differ, the stricter one is taken: every error ends authentication and transaction, and so
does a new authentication. Not modelled: ISO 0x1A, three-key DES, value and backup files, MACs of a legacy session.
"""

from channel import BLOCK, MAC_LENGTH, crc16, crc32, legacy_card, padded, xor
from files import (AUTHENTICATION, CYCLIC, ENCIPHERED, LINEAR, MACED, PARAMETER, PERMISSION, PLAIN, STANDARD, File,
                   Refusal, number)
from session import ILLEGAL, INTEGRITY, LENGTH, Session

NO_CHANGES, OUT_OF_MEMORY, NO_SUCH_KEY, NO_APPLICATION = 0x0C, 0x0E, 0x40, 0xA0
COUNT, DUPLICATE, NO_FILE = 0xCE, 0xDE, 0xF0
MASTER_CHANGEABLE, FREE_LISTING, FREE_CREATION, CHANGEABLE = 1, 2, 4, 8
READ, WRITE, READ_WRITE = 12, 8, 4
MEMORY = 7936
RECORD_FILES = (LINEAR, CYCLIC)


class Application:
    def __init__(self, settings, kind, keys, files=None):
        self.settings, self.kind, self.keys, self.files = settings, kind, keys, files or {}

    @property
    def memory(self):
        """An estimate, like that of files."""
        return 32 + 32 * len(self.keys)


class Card(Session):
    def __init__(self, uid):
        self.uid = uid
        self.born_key = (bytes(BLOCK), 0)
        self.picc = Application(0x0F, 'des', [(bytes(BLOCK), 0)])
        self.applications = {}
        self.lost = 0
        self.power_on()

    def forget_transaction(self):
        for application in self.applications.values():
            for file in application.files.values():
                file.forget()

    # ── Where we are, and who may do what ──

    def here(self):
        return self.applications[self.selected] if self.selected else self.picc

    def key_at(self, application, key_number):
        if key_number >= len(application.keys):
            raise Refusal(NO_SUCH_KEY)
        return application.keys[key_number]

    def only_master(self):
        if self.key_number != 0:
            raise Refusal(AUTHENTICATION)

    def only_if(self, setting):
        if not self.here().settings & setting:
            self.only_master()

    def only_at_card_level(self):
        if self.selected:
            raise Refusal(PERMISSION)

    def file_at(self, file_number, kinds=None):
        if not self.selected:
            raise Refusal(PERMISSION)
        file = self.here().files.get(file_number)
        if not file:
            raise Refusal(NO_FILE)
        if kinds and file.kind not in kinds:
            raise Refusal(PERMISSION)
        return file

    def take(self, wanted):
        if wanted > self.free_memory:
            raise Refusal(OUT_OF_MEMORY)

    @property
    def free_memory(self):
        standing = [a.memory + sum(f.memory for f in a.files.values()) for a in self.applications.values()]
        return MEMORY - self.lost - sum(standing)

    # ── The card and its applications ──

    def get_version(self, data):
        self.plainly(0x60, data, 0)
        hardware, software = bytes.fromhex('04010101001a05'), bytes.fromhex('04010101041a05')
        made = self.uid + bytes.fromhex('ba12345670') + b'\x17\x12'
        return self.answer(hardware + software + made, [hardware, software, made])

    def get_free_memory(self, data):
        self.plainly(0x6E, data, 0)
        return self.answer(self.free_memory.to_bytes(3, 'little'))

    def get_card_uid(self, data):
        self.plainly(0x51, data, 0)
        if self.key_number is None:
            raise Refusal(AUTHENTICATION)
        return self.enciphered_answer(self.uid)

    def get_application_ids(self, data):
        self.plainly(0x6A, data, 0)
        self.only_at_card_level()
        self.only_if(FREE_LISTING)
        aids = [aid.to_bytes(3, 'little') for aid in self.applications]
        split = [b''.join(aids[at:at + 19]) for at in range(0, len(aids), 19)] or [b'']
        return self.answer(b''.join(aids), split)

    def select_application(self, data):
        self.forget_session()
        self.selected = 0
        if len(data) != 3:
            raise Refusal(LENGTH)
        aid = number(data)
        if aid and aid not in self.applications:
            raise Refusal(NO_APPLICATION)
        self.selected = aid
        return [b'']

    def create_application(self, data):
        self.plainly(0xCA, data, 5)
        self.only_at_card_level()
        self.only_if(FREE_CREATION)
        aid, settings, kind = number(data[:3]), data[3], data[4]
        keys = kind & 0x0F
        # 0x40 is three-key DES, 0x20 ISO file numbers, 0x10 reserved: none of them here.
        if aid == 0 or not 1 <= keys <= 14 or kind & 0x70 or (settings >> 4 < 0xE and settings >> 4 >= keys):
            raise Refusal(PARAMETER)
        if aid in self.applications:
            raise Refusal(DUPLICATE)
        if len(self.applications) >= 28:
            raise Refusal(COUNT)
        born = Application(settings, 'aes' if kind & 0x80 else 'des', [self.born_key] * keys)
        self.take(born.memory)
        self.applications[aid] = born
        return self.answer()

    def delete_application(self, data):
        self.plainly(0xDA, data, 3)
        self.only_at_card_level()
        self.only_master()
        aid = number(data)
        if aid not in self.applications:
            raise Refusal(NO_APPLICATION)
        before = self.free_memory
        del self.applications[aid]
        self.lost += self.free_memory - before
        return self.answer()

    def format_picc(self, data):
        self.plainly(0xFC, data, 0)
        self.only_at_card_level()
        self.only_master()
        self.applications, self.lost = {}, 0
        return self.answer()

    # ── Keys ──

    def get_key_settings(self, data):
        self.plainly(0x45, data, 0)
        self.only_if(FREE_LISTING)
        here = self.here()
        return self.answer(bytes([here.settings, len(here.keys) | (0x80 if here.kind == 'aes' else 0)]))

    def change_key_settings(self, data):
        self.only_master()
        [settings] = self.unsealed(0x54, data, 0, 1)
        if not self.here().settings & CHANGEABLE:
            raise Refusal(PERMISSION)
        self.here().settings = settings
        return self.answer()

    def get_key_version(self, data):
        self.plainly(0x64, data, 1)
        return self.answer(bytes([self.key_at(self.here(), data[0])[1]]))

    def set_configuration(self, data):
        self.only_at_card_level()
        self.only_master()
        if data[:1] != b'\x01':
            raise Refusal(PARAMETER)
        field = self.unsealed(0x5C, data, 1, 25)
        self.born_key = (field[:BLOCK], field[24])
        return self.answer()

    def change_key(self, data):
        if self.key_number is None:
            raise Refusal(AUTHENTICATION)
        if not data:
            raise Refusal(LENGTH)
        here, changed = self.here(), data[0] & 0x3F if not self.selected else data[0]
        old = self.key_at(here, changed)[0]
        self.may_change_key(here, changed)
        if not self.selected and data[0] & 0xC0 != 0x80:
            raise Refusal(PARAMETER)
        if self.legacy:
            here.keys[changed] = self.key_in_legacy_session(data[1:])
        elif changed == self.key_number:
            field = self.unsealed(0xC4, data, 1, BLOCK + 1)
            here.keys[changed] = (field[:BLOCK], field[BLOCK])
        else:
            here.keys[changed] = self.key_by_difference(data, old)
        here.kind = 'aes'
        if changed != self.key_number:
            return self.answer()
        self.forget_session()
        return [b'']

    def may_change_key(self, here, changed):
        changer = here.settings >> 4 if self.selected else 0
        if changed == 0:
            self.only_master()
            if not here.settings & MASTER_CHANGEABLE:
                raise Refusal(PERMISSION)
        elif changer == 0xF:
            raise Refusal(PERMISSION)
        elif self.key_number != (changed if changer == 0xE else 0 if changed == changer else changer):
            raise Refusal(AUTHENTICATION)

    def key_in_legacy_session(self, sealed):
        if self.selected or len(sealed) != 24:
            raise Refusal(LENGTH)
        clear = legacy_card(self.legacy, sealed, receiving=True)
        field = clear[:BLOCK + 1]
        if clear[BLOCK + 1:BLOCK + 3] != crc16(field) or any(clear[BLOCK + 3:]):
            raise Refusal(INTEGRITY)
        return field[:BLOCK], field[BLOCK]

    def key_by_difference(self, data, old):
        """Difference and version, CRC of command and difference, CRC of the new key: the second one proves the old."""
        sealed = data[1:]
        if len(sealed) != 32:
            raise Refusal(LENGTH)
        clear = self.channel.decrypt(sealed)
        field, key = clear[:BLOCK + 1], xor(clear[:BLOCK], old)
        if clear[17:21] != crc32(b'\xc4' + data[:1] + field) or clear[21:25] != crc32(key) or any(clear[25:]):
            raise Refusal(INTEGRITY)
        return key, field[BLOCK]

    # ── Files ──

    def get_file_ids(self, data):
        self.plainly(0x6F, data, 0)
        if not self.selected:
            raise Refusal(PERMISSION)
        self.only_if(FREE_LISTING)
        return self.answer(bytes(self.here().files))

    def get_file_settings(self, data):
        self.plainly(0xF5, data, 1)
        self.only_if(FREE_LISTING)
        return self.answer(self.file_at(data[0]).settings())

    def create_file(self, instruction, kind, length, data):
        self.plainly(instruction, data, length)
        if not self.selected:
            raise Refusal(PERMISSION)
        self.only_if(FREE_CREATION)
        here = self.here()
        if data[0] > 0x1F:
            raise Refusal(PARAMETER)
        if data[0] in here.files:
            raise Refusal(DUPLICATE)
        file = File.created(kind, data[1:], len(here.keys))
        self.take(file.memory)
        here.files[data[0]] = file
        return self.answer()

    def expected_length(self, data):
        """Of a whole WriteData or WriteRecord, header included, by what its first frame says."""
        if len(data) < 7:
            raise Refusal(LENGTH)
        length, comm = number(data[4:7]), self.file_at(data[0]).admits((WRITE, READ_WRITE), self.key_number)
        if not self.channel:
            if comm != PLAIN and self.key_number is not None:
                raise Refusal(ILLEGAL)
            return 7 + length
        if comm == ENCIPHERED:
            return 7 + len(padded(bytes(length + 4), BLOCK))
        return 7 + length + (MAC_LENGTH if comm == MACED else 0)

    def write(self, instruction, kinds, data):
        file = self.file_at(data[0], kinds)
        comm = file.admits((WRITE, READ_WRITE), self.key_number) if self.channel else PLAIN
        offset, length = number(data[1:4]), number(data[4:7])
        if length == 0:
            raise Refusal(PARAMETER)
        if comm == ENCIPHERED:
            body = self.unsealed(instruction, data, 7, length)
        else:
            body = data[7:7 + length]
            mac = self.channel.mac(bytes([instruction]) + data[:7 + length]) if self.channel else b''
            if comm == MACED and data[7 + length:] != mac:
                raise Refusal(INTEGRITY)
        (file.write if file.kind == STANDARD else file.write_record)(offset, body)
        return self.answer()

    def read(self, instruction, kinds, data):
        self.plainly(instruction, data, 7)
        file = self.file_at(data[0], kinds)
        comm = file.admits((READ, READ_WRITE), self.key_number)
        offset, length = number(data[1:4]), number(data[4:7])
        body = (file.read if file.kind == STANDARD else file.read_records)(offset, length)
        if comm == PLAIN or (comm == MACED and self.channel):
            return self.answer(body)
        return self.enciphered_answer(body, marked=length == 0)

    def clear_record_file(self, data):
        self.plainly(0xEB, data, 1)
        file = self.file_at(data[0], RECORD_FILES)
        file.admits((READ_WRITE,), self.key_number)
        file.clear()
        return self.answer()

    def end_transaction(self, instruction, act, data):
        self.plainly(instruction, data, 0)
        if not self.selected:
            raise Refusal(PERMISSION)
        waiting = [file for file in self.here().files.values() if file.changed]
        if not waiting:
            raise Refusal(NO_CHANGES)
        for file in waiting:
            act(file)
        return self.answer()

    commands = {
        0x60: get_version, 0x6E: get_free_memory, 0x51: get_card_uid,
        0x6A: get_application_ids, 0x5A: select_application, 0xCA: create_application,
        0xDA: delete_application, 0xFC: format_picc,
        0x45: get_key_settings, 0x54: change_key_settings, 0x64: get_key_version,
        0x5C: set_configuration, 0xC4: change_key,
        0x6F: get_file_ids, 0xF5: get_file_settings,
        0xCD: lambda card, data: card.create_file(0xCD, STANDARD, 7, data),
        0xC1: lambda card, data: card.create_file(0xC1, LINEAR, 10, data),
        0xC0: lambda card, data: card.create_file(0xC0, CYCLIC, 10, data),
        0x3D: lambda card, data: card.write(0x3D, (STANDARD,), data),
        0xBD: lambda card, data: card.read(0xBD, (STANDARD,), data),
        0x3B: lambda card, data: card.write(0x3B, RECORD_FILES, data),
        0xBB: lambda card, data: card.read(0xBB, RECORD_FILES, data),
        0xEB: clear_record_file,
        0xC7: lambda card, data: card.end_transaction(0xC7, File.commit, data),
        0xA7: lambda card, data: card.end_transaction(0xA7, File.forget, data),
    }
