import { GET_UID } from '#native/cards/apdu.ts';
import { concat, equal } from '#native/cards/bytes.ts';
import type { VirtualDesfire } from './desfire/virtual-desfire.ts';

const SUCCESS = Uint8Array.of(0x90, 0x00);

/**
 * A virtual card as a contactless reader shows it: Get UID is answered beside the card, everything else by the card.
 * Put this, not the bare card, behind vpcd, whose reader passes every command on; a bare card there is a contact reader's.
 */
export const contactless = (card: VirtualDesfire) => ({
  process: (apdu: Uint8Array): Uint8Array | null =>
    card.powered && equal(apdu, GET_UID) ? concat(card.uid, SUCCESS) : card.process(apdu),
  powerOn: () => card.powerOn(),
  powerOff: () => card.powerOff(),
});
