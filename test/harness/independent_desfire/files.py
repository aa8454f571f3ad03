"""What stands in files: standard data, linear and cyclic records, and what a transaction holds back."""

PLAIN, MACED, ENCIPHERED = 0, 1, 3
STANDARD, LINEAR, CYCLIC = 0, 3, 4
FREE, NEVER = 0xE, 0xF
PERMISSION, PARAMETER, AUTHENTICATION, BOUNDARY = 0x9D, 0x9E, 0xAE, 0xBE


class Refusal(Exception):
    """A status byte other than 00 and AF."""

    def __init__(self, status):
        super().__init__(f'91{status:02x}')
        self.status = status


def number(data):
    return int.from_bytes(data, 'little')


class File:
    def __init__(self, kind, comm, rights, size, places=0, content=None):
        self.kind, self.comm, self.rights, self.size, self.places = kind, comm, rights, size, places
        self.content = content if content is not None else (bytearray(size) if kind == STANDARD else [])
        self.forget()

    @classmethod
    def created(cls, kind, shape, key_count):
        """`shape`: everything that follows the file's number in the command that creates it."""
        comm, rights, size, places = shape[0], number(shape[1:3]), number(shape[3:6]), number(shape[6:9])
        holders = [(rights >> shift) & 0xF for shift in (0, 4, 8, 12)]
        if comm not in (PLAIN, MACED, ENCIPHERED) or any(key_count <= key < FREE for key in holders):
            raise Refusal(PARAMETER)
        # A cyclic file keeps one place for the record that is being written.
        if size == 0 or (kind != STANDARD and places < (2 if kind == CYCLIC else 1)):
            raise Refusal(PARAMETER)
        return cls(kind, comm, rights, size, places)

    @property
    def memory(self):
        """An estimate: NXP publishes blocks of 32 bytes, not what a file's own description takes."""
        return 32 + -(-self.size * max(1, self.places) // 32) * 32

    def settings(self):
        known = bytes([self.kind, self.comm]) + self.rights.to_bytes(2, 'little') + self.size.to_bytes(3, 'little')
        if self.kind == STANDARD:
            return known
        return known + self.places.to_bytes(3, 'little') + len(self.content).to_bytes(3, 'little')

    def admits(self, shifts, key):
        """How the file speaks to the holder of `key` (None: no one): its own way, or plainly to everyone."""
        holders = [(self.rights >> shift) & 0xF for shift in shifts]
        if key is not None and key in holders:
            return self.comm
        if FREE in holders:
            return PLAIN
        raise Refusal(PERMISSION if all(holder == NEVER for holder in holders) else AUTHENTICATION)

    def read(self, offset, length):
        if offset >= self.size or offset + length > self.size:
            raise Refusal(BOUNDARY)
        return bytes(self.content[offset:offset + length] if length else self.content[offset:])

    def write(self, offset, data):
        if offset + len(data) > self.size:
            raise Refusal(BOUNDARY)
        self.content[offset:offset + len(data)] = data

    def read_records(self, offset, count):
        """Counted back from the newest, told oldest first; only what was committed."""
        end = len(self.content) - offset
        if end <= 0 or count > end:
            raise Refusal(BOUNDARY)
        return b''.join(self.content[end - count if count else 0:end])

    def write_record(self, offset, data):
        if offset + len(data) > self.size or (self.kind == LINEAR and len(self.content) >= self.places):
            raise Refusal(BOUNDARY)
        if self.clearing:
            raise Refusal(PERMISSION)
        if self.pending is None:
            self.pending = bytearray(self.size)
        self.pending[offset:offset + len(data)] = data

    def clear(self):
        self.clearing, self.pending = True, None

    @property
    def changed(self):
        return self.clearing or self.pending is not None

    def commit(self):
        if self.clearing:
            self.content = []
        elif self.pending is not None:
            self.content.append(bytes(self.pending))
            self.content = self.content[-(self.places - (self.kind == CYCLIC)):]
        self.forget()

    def forget(self):
        self.pending, self.clearing = None, False
