"""What passes between reader and card before any command is looked at: frames, authentication, secure messaging."""

import secrets

from channel import (BLOCK, OK, Channel, aes_decrypt, aes_encrypt, crc32, legacy_card, legacy_session_key, padded,
                     rotate)
from files import AUTHENTICATION, PERMISSION, Refusal

ILLEGAL, INTEGRITY, LENGTH, MORE, ABORTED = 0x1C, 0x1E, 0x7E, 0xAF, 0xCA
AUTHENTICATIONS, WRITES = (0x0A, 0xAA), (0x3D, 0x3B)
# The specification's 55 bytes for a whole wrapped command, less the wrapping; real cards were seen to take five more.
FRAME_IN, FRAME_OUT = 49, 59


class Session:
    """A card's volatile half. Whoever fills in the other half has `commands`, `here`, `key_at`, `forget_transaction`."""

    # ── Power, frames and chains ──

    def power_on(self):
        self.selected = 0
        self.challenge, self.gathering, self.outgoing = None, None, None
        self.forget_session()

    def forget_session(self):
        """Authentication and everything that was written and not committed."""
        self.key_number, self.channel, self.legacy = None, None, None
        self.forget_transaction()

    def native(self, instruction, data):
        """One frame in, one frame out: (data, status). The first exception ends whatever was open."""
        try:
            if len(data) > FRAME_IN:
                raise Refusal(LENGTH)
            return self.continued(data) if instruction == MORE else self.begun(instruction, data)
        except Refusal as refusal:
            self.challenge, self.gathering, self.outgoing = None, None, None
            self.forget_session()
            return b'', refusal.status

    def begun(self, instruction, data):
        if self.challenge or self.gathering or self.outgoing is not None:
            raise Refusal(ABORTED)
        if instruction not in self.commands and instruction not in AUTHENTICATIONS:
            raise Refusal(ILLEGAL)
        if instruction in AUTHENTICATIONS:
            return self.authenticate(instruction, data)
        return self.whole_or_more(instruction, data)

    def continued(self, data):
        if self.challenge:
            return self.proved(data)
        if self.gathering:
            instruction, before = self.gathering
            self.gathering = None
            if not data:
                raise Refusal(LENGTH)
            return self.whole_or_more(instruction, before + data)
        if self.outgoing is None:
            raise Refusal(ILLEGAL)
        if data:
            raise Refusal(LENGTH)
        return self.next_frame()

    def whole_or_more(self, instruction, data):
        if instruction in WRITES:
            missing = self.expected_length(data) - len(data)
            if missing < 0:
                raise Refusal(LENGTH)
            if missing > 0:
                self.gathering = (instruction, data)
                return b'', MORE
        self.outgoing = self.commands[instruction](self, data)
        return self.next_frame()

    def next_frame(self):
        piece, rest = self.outgoing[0], self.outgoing[1:]
        self.outgoing = rest or None
        return piece, MORE if rest else 0

    # ── Authentication ──

    def authenticate(self, instruction, data):
        self.forget_session()
        if len(data) != 1:
            raise Refusal(LENGTH)
        application = self.here()
        if application.kind != ('aes' if instruction == 0xAA else 'des'):
            raise Refusal(AUTHENTICATION)
        key = self.key_at(application, data[0])[0]
        if instruction == 0xAA:
            rnd_b = secrets.token_bytes(BLOCK)
            question = aes_encrypt(key, bytes(BLOCK), rnd_b)
        else:
            rnd_b = secrets.token_bytes(8)
            question = legacy_card(key, rnd_b, receiving=False)
        self.challenge = (instruction, data[0], key, rnd_b, question)
        return question, MORE

    def proved(self, token):
        instruction, key_number, key, rnd_b, question = self.challenge
        self.challenge = None
        size = len(rnd_b)
        if len(token) != 2 * size:
            raise Refusal(LENGTH)
        aes = instruction == 0xAA
        clear = aes_decrypt(key, question, token) if aes else legacy_card(key, token, receiving=True)
        rnd_a = clear[:size]
        if clear[size:] != rotate(rnd_b):
            raise Refusal(AUTHENTICATION)
        self.key_number = key_number
        if aes:
            self.channel = Channel(rnd_a, rnd_b)
            return aes_encrypt(key, token[-BLOCK:], rotate(rnd_a)), 0
        self.legacy = legacy_session_key(key, rnd_a, rnd_b)
        return legacy_card(key, rotate(rnd_a), receiving=False), 0

    # ── Secure messaging ──

    def plainly(self, instruction, data, length):
        """A command in clear of exactly so many bytes: it passes through the chain of MACs all the same."""
        if len(data) != length:
            raise Refusal(LENGTH)
        if self.channel:
            self.channel.mac(bytes([instruction]) + data)

    def answer(self, data=b'', split=None):
        """An answer in clear, with its MAC where a session is open; `split` cuts where the card has frames of its own."""
        tail = self.channel.mac(data + OK) if self.channel else b''
        frames = split or [data[at:at + FRAME_OUT] for at in range(0, len(data), FRAME_OUT)] or [b'']
        if len(frames[-1]) + len(tail) <= FRAME_OUT:
            return frames[:-1] + [frames[-1] + tail]
        last = frames[-1] + tail
        return frames[:-1] + [last[:FRAME_OUT], last[FRAME_OUT:]]

    def enciphered_answer(self, data, marked=False):
        if not self.channel:
            raise Refusal(PERMISSION)
        sealed = self.channel.encrypt_answer(data, marked)
        return [sealed[at:at + FRAME_OUT] for at in range(0, len(sealed), FRAME_OUT)]

    def unsealed(self, instruction, data, header, length):
        """The enciphered end of a command: `length` bytes, their CRC over the whole command, zeros."""
        sealed = data[header:]
        if not self.channel:
            raise Refusal(AUTHENTICATION)
        if len(sealed) != len(padded(bytes(length + 4), BLOCK)):
            raise Refusal(LENGTH)
        clear = self.channel.decrypt(sealed)
        body, crc, padding = clear[:length], clear[length:length + 4], clear[length + 4:]
        if crc != crc32(bytes([instruction]) + data[:header] + body) or any(padding):
            raise Refusal(INTEGRITY)
        return body
