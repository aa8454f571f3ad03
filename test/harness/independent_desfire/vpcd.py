"""
Lays the card on the virtual reader of vsmartcard's vpcd: python3 vpcd.py --uid 04… --state FILE [--tear before|after].
Says `laid` when it lies there, and ends when it is torn or the reader goes.
"""

import argparse
import os
import pathlib
import pickle
import socket
import sys

from card import Card

ATR = bytes.fromhex('3b8180018080')
OFF, ON, RESET, ASK_ATR = 0, 1, 2, 4
GET_UID = bytes.fromhex('ffca000000')


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument('--port', type=int, default=35963)
    parser.add_argument('--uid', type=bytes.fromhex, required=True)
    parser.add_argument('--state', type=pathlib.Path, required=True, help='made when it is not there: a blank card')
    parser.add_argument('--contact', action='store_true', help='the reader knows no UID of its own to tell')
    parser.add_argument('--tear', choices=['before', 'after'], help='pull the card right before or after it acts')
    parser.add_argument('--at', type=lambda text: int(text, 16), default=0xC7, help='on this instruction')
    parser.add_argument('--nth', type=int, default=1, help='which one of them, counted since it was laid')
    parser.add_argument('--trace', action='store_true', help='every exchange on standard error')
    return parser.parse_args()


class Laid:
    def __init__(self, options):
        self.options, self.seen = options, 0
        self.card = pickle.loads(options.state.read_bytes()) if options.state.exists() else Card(options.uid)
        self.card.power_on()

    def keep(self):
        """All or nothing, as the card's own memory does it."""
        aside = self.options.state.with_suffix('.new')
        aside.write_bytes(pickle.dumps(self.card))
        os.replace(aside, self.options.state)

    def apdu(self, command):
        """The answer, or None: torn."""
        if command == GET_UID and not self.options.contact:
            return self.card.uid + b'\x90\x00'
        if len(command) < 5:
            return b'\x67\x00'
        if command[0] != 0x90:
            return b'\x6e\x00'
        if command[2:4] != b'\x00\x00':
            return b'\x6a\x86'
        instruction, data = command[1], command[5:-1]
        if command[-1] != 0 or (len(command) > 5 and command[4] != len(data)):
            return b'\x91\x7e'
        self.seen += instruction == self.options.at
        torn = self.options.tear if instruction == self.options.at and self.seen == self.options.nth else None
        if torn == 'before':
            return None
        answer, status = self.card.native(instruction, data)
        self.keep()
        return None if torn else answer + bytes([0x91, status])

    def serve(self, line):
        while (message := read_message(line)) is not None:
            if len(message) > 1:
                answer = self.apdu(message)
                if self.options.trace:
                    print(message.hex(), answer.hex() if answer else 'torn', file=sys.stderr, flush=True)
                if answer is None:
                    return
                line.sendall(len(answer).to_bytes(2, 'big') + answer)
            elif message[0] == ASK_ATR:
                line.sendall(len(ATR).to_bytes(2, 'big') + ATR)
            elif message[0] in (OFF, ON, RESET):
                self.card.power_on()


def read_message(line):
    """Two bytes of length and so many bytes; None at the end."""
    head = read_exactly(line, 2)
    return head and read_exactly(line, int.from_bytes(head, 'big'))


def read_exactly(line, length):
    data = b''
    while len(data) < length:
        try:
            chunk = line.recv(length - len(data))
            # Linux forgets it after a while, so it is said again (tcp(7)).
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
        except OSError:
            return None
        if not chunk:
            return None
        data += chunk
    return data


def main():
    options = arguments()
    laid = Laid(options)
    laid.keep()
    with socket.create_connection(('127.0.0.1', options.port)) as line:
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        print('laid', flush=True)
        laid.serve(line)


if __name__ == '__main__':
    main()
