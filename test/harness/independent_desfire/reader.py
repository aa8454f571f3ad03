"""
A reader of Comptoir cards that knows native/cards/README.md and the shop's read key, and nothing else of ours:
python3 reader.py --reader NAME --shop NUMBER --read-key HEX. Prints the card's number and the newest record as JSON.
"""

import argparse
import ctypes
import json
import secrets
import time

from channel import aes_decrypt, aes_encrypt, cmac, padded, rotate

SHARED, ANY_PROTOCOL, LEAVE_CARD = 2, 3, 0
# No card, or one that has no power yet: pcscd has still to notice it. Tenths of a second.
NO_CARD_YET, PATIENCE = (0x8010000C, 0x80100067, 0x80100069), 100
OPERATIONS = ['issue', 'earn', 'spend', 'adjust']


class PcscReader:
    """PC/SC part 5 as pcsclite has it, as little as it takes."""

    def __init__(self, name):
        self.lib = ctypes.CDLL('libpcsclite.so.1')
        self.context, self.card, self.protocol = ctypes.c_long(), ctypes.c_long(), ctypes.c_ulong()
        self.call('SCardEstablishContext', 2, None, None, ctypes.byref(self.context))
        where = (ctypes.byref(self.card), ctypes.byref(self.protocol))
        for _ in range(PATIENCE):
            status = self.status('SCardConnect', self.context, name.encode(), SHARED, ANY_PROTOCOL, *where)
            if status not in NO_CARD_YET:
                break
            time.sleep(0.1)
        if status:
            raise SystemExit(f'SCardConnect: {status:08x}')

    def status(self, name, *arguments):
        plain = [ctypes.c_ulong(each) if isinstance(each, int) else each for each in arguments]
        return getattr(self.lib, name)(*plain) & 0xFFFFFFFF

    def call(self, name, *arguments):
        if status := self.status(name, *arguments):
            raise SystemExit(f'{name}: {status:08x}')

    def send(self, text):
        command, answer, length = bytes.fromhex(text), ctypes.create_string_buffer(300), ctypes.c_ulong(300)
        header = (ctypes.c_ulong * 2)(self.protocol.value, 16)
        self.call('SCardTransmit', self.card, header, command, len(command), None, answer, ctypes.byref(length))
        data, status = answer.raw[:length.value - 2], answer.raw[length.value - 2:length.value]
        if status not in (b'\x90\x00', b'\x91\x00', b'\x91\xaf'):
            raise SystemExit(f'{text}: {status.hex()}')
        return data

    def close(self):
        self.call('SCardDisconnect', self.card, LEAVE_CARD)


def little(data, signed=False):
    return int.from_bytes(data, 'little', signed=signed)


def diversified(master, uid, aid, key_number):
    """AN10922 for AES-128: the input is always padded to two blocks, which takes the second sub-key of CMAC."""
    return cmac(master, b'\x01' + uid + bytes.fromhex(aid) + bytes([key_number]) + b'CPTR', blocks=2)


def authenticated_key_3(reader, key):
    challenge = reader.send('90aa0000010300')
    rnd_a, rnd_b = secrets.token_bytes(16), aes_decrypt(key, bytes(16), challenge)
    token = aes_encrypt(key, challenge, rnd_a + rotate(rnd_b))
    proof = reader.send(f'90af000020{token.hex()}00')
    if aes_decrypt(key, token[16:], proof) != rotate(rnd_a):
        raise SystemExit('the card does not know the key')
    return rnd_a[:4] + rnd_b[:4] + rnd_a[12:] + rnd_b[12:]


def newest_record(reader, session_key):
    """The command goes through the chain of MACs too: the answer's MAC begins where the command's ended."""
    answer = reader.send('90bb0000070100000001000000')
    record, mac = answer[:32], answer[32:]
    after_command = cmac(session_key, bytes.fromhex('bb01000000010000'))
    if mac != cmac(session_key, record + b'\x00', after_command)[:8]:
        raise SystemExit('wrong MAC')
    return record


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--reader', required=True)
    parser.add_argument('--shop', type=int, required=True)
    parser.add_argument('--read-key', type=bytes.fromhex, required=True)
    options = parser.parse_args()
    reader = PcscReader(options.reader)
    uid = reader.send('ffca000000')
    aid = 0xF50000 + options.shop
    reader.send('905a00000301c0f400')
    network = reader.send('90bd0000070100000010000000')
    reader.send(f'905a000003{aid.to_bytes(3, "little").hex()}00')
    key = diversified(options.read_key, uid, f'{aid:06x}', 3)
    record = newest_record(reader, authenticated_key_3(reader, key))
    reader.close()
    print(json.dumps({
        'network': little(network[1:3]),
        'cardData': little(network[3:7]),
        'layout': record[0] >> 4,
        'operation': OPERATIONS[record[0] & 0xF],
        'counter': little(record[1:4]),
        'balance': little(record[4:8], signed=True),
        'points': little(record[8:11], signed=True),
        'totalSpend': little(record[11:16]),
        'seconds': little(record[16:20]),
        'sameCard': record[20:24] == network[3:7],
        'intention': record[24:].hex(),
    }))


if __name__ == '__main__':
    main()
