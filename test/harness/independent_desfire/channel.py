"""DESFire EV1 cryptography as the card does it: AES secure messaging and the legacy DES handshake."""

import zlib

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

BLOCK = 16
MAC_LENGTH = 8
OK = b'\x00'


def rotate(block):
    return block[1:] + block[:1]


def xor(left, right):
    return bytes(a ^ b for a, b in zip(left, right, strict=True))


def aes_encrypt(key, iv, data):
    worker = Cipher(algorithms.AES(key), modes.CBC(iv)).encryptor()
    return worker.update(data) + worker.finalize()


def aes_decrypt(key, iv, data):
    worker = Cipher(algorithms.AES(key), modes.CBC(iv)).decryptor()
    return worker.update(data) + worker.finalize()


def crc32(data):
    """The CRC of IEEE 802.3 without its last inversion, as DESFire sends it."""
    return (zlib.crc32(data) ^ 0xFFFFFFFF).to_bytes(4, 'little')


def crc16(data):
    """CRC_A of ISO/IEC 14443-3, annex B."""
    value = 0x6363
    for byte in data:
        byte ^= value & 0xFF
        byte = (byte ^ (byte << 4)) & 0xFF
        value = (value >> 8) ^ (byte << 8) ^ (byte << 3) ^ (byte >> 4)
    return value.to_bytes(2, 'little')


def padded(data, block, marked=False):
    data += b'\x80' if marked else b''
    return data + bytes(-len(data) % block)


def cmac(key, message, iv=bytes(BLOCK), blocks=1):
    """NIST SP 800-38B, begun with a chaining value where DESFire has one, over so many blocks at least (AN10922: two)."""
    base = int.from_bytes(aes_encrypt(key, bytes(BLOCK), bytes(BLOCK)), 'big')
    double = lambda n: ((n << 1) & ((1 << 128) - 1)) ^ (0x87 if n >> 127 else 0)
    whole = len(message) >= blocks * BLOCK and len(message) % BLOCK == 0
    mask = double(base) if whole else double(double(base))
    body = message if whole else padded(message, blocks * BLOCK, marked=True)
    body = body[:-BLOCK] + xor(body[-BLOCK:], mask.to_bytes(BLOCK, 'big'))
    return aes_encrypt(key, iv, body)[-BLOCK:]


def legacy_card(key, data, receiving):
    """The 0x0A scheme on the card's side, which enciphers whichever way the data goes; `key` of 16 bytes."""
    worker = Cipher(algorithms.TripleDES(key + key[:8]), modes.ECB()).encryptor()
    previous, out = bytes(8), b''
    for at in range(0, len(data), 8):
        block = data[at:at + 8]
        result = xor(worker.update(block), previous) if receiving else worker.update(xor(block, previous))
        previous = block if receiving else result
        out += result
    return out


def legacy_session_key(key, rnd_a, rnd_b):
    """Single DES (equal halves, parity aside) takes the first four bytes of each; two-key triple DES goes on."""
    half = rnd_a[:4] + rnd_b[:4]
    single = all(a & 0xFE == b & 0xFE for a, b in zip(key[:8], key[8:]))
    return half + (half if single else rnd_a[4:] + rnd_b[4:])


class Channel:
    """After an AES authentication: one chaining value through every command and every answer."""

    def __init__(self, rnd_a, rnd_b):
        self.key = rnd_a[:4] + rnd_b[:4] + rnd_a[12:] + rnd_b[12:]
        self.iv = bytes(BLOCK)

    def mac(self, message):
        self.iv = cmac(self.key, message, self.iv)
        return self.iv[:MAC_LENGTH]

    def decrypt(self, cryptogram):
        clear = aes_decrypt(self.key, self.iv, cryptogram)
        self.iv = cryptogram[-BLOCK:]
        return clear

    def encrypt_answer(self, data, marked):
        """`marked`: the reader did not say how much it wants, so the padding shows where the data ends."""
        self.iv = aes_encrypt(self.key, self.iv, padded(data + crc32(data + OK), BLOCK, marked))
        answer, self.iv = self.iv, self.iv[-BLOCK:]
        return answer
