/**
 * Messages from vsmartcard's virtual reader to the card: a 2-byte big-endian length and that many bytes. One byte is a
 * control (0 power off, 1 power on, 2 reset, 4 what is your ATR), anything longer a command APDU.
 * Source: vsmartcard, virtualsmartcard/src/vpcd/vpcd.h.
 */
export type VpcdMessage =
  | { kind: 'power-off' }
  | { kind: 'power-on' }
  | { kind: 'reset' }
  | { kind: 'atr' }
  | { kind: 'apdu'; bytes: Uint8Array }
  | { kind: 'unknown'; bytes: Uint8Array };

const LENGTH_BYTES = 2;
const controls: Record<number, VpcdMessage> = {
  0: { kind: 'power-off' },
  1: { kind: 'power-on' },
  2: { kind: 'reset' },
  4: { kind: 'atr' },
};

/** Cuts the byte stream into messages, however it was split or joined on its way. A message is at most 65,537 bytes. */
export function createVpcdParser(): (chunk: Uint8Array) => VpcdMessage[] {
  let rest: Uint8Array = new Uint8Array(0);
  return (chunk) => {
    rest = rest.length === 0 ? chunk : Uint8Array.from([...rest, ...chunk]);
    const messages: VpcdMessage[] = [];
    while (rest.length >= LENGTH_BYTES) {
      const end = LENGTH_BYTES + (rest[0]! << 8) + rest[1]!;
      if (rest.length < end) break;
      messages.push(messageOf(rest.slice(LENGTH_BYTES, end)));
      rest = rest.subarray(end);
    }
    return messages;
  };
}

function messageOf(bytes: Uint8Array): VpcdMessage {
  if (bytes.length > 1) return { kind: 'apdu', bytes };
  return controls[bytes[0] ?? -1] ?? { kind: 'unknown', bytes };
}

/** An answer or an ATR on its way to the reader. */
export function encodeVpcdFrame(bytes: Uint8Array): Uint8Array {
  const frame = new Uint8Array(LENGTH_BYTES + bytes.length);
  new DataView(frame.buffer).setUint16(0, bytes.length);
  frame.set(bytes, LENGTH_BYTES);
  return frame;
}
