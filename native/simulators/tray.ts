import { INS } from '#native/cards/instructions.ts';
import { type TearMoment, VirtualDesfire } from './desfire/virtual-desfire.ts';
import type { SimulatedReader } from './reader.ts';

/** Where the cards of a tray are kept between runs. */
export interface TrayShelf {
  load(slot: number): unknown;
  save(slot: number, card: unknown): void;
}

const KEPT_AFTER: readonly (number | undefined)[] = [INS.commitTransaction, INS.changeKey];

/** A card of the tray: kept after each commit and each change of a key, so that even a killed program loses nothing it had written. */
class KeptCard extends VirtualDesfire {
  keep: () => void = () => {};

  override process(apdu: Uint8Array): Uint8Array | null {
    const answer = super.process(apdu);
    if (apdu[0] === 0x90 && KEPT_AFTER.includes(apdu[1])) this.keep();
    return answer;
  }
}

/** The simulated cards of a demonstration, and the reader they are laid on. */
export class CardTray {
  readonly #reader: SimulatedReader;
  readonly #shelf: TrayShelf;
  readonly #cards = new Map<number, VirtualDesfire>();
  #present: number | null = null;
  #armed: TearMoment | null = null;

  constructor(reader: SimulatedReader, shelf: TrayShelf) {
    this.#reader = reader;
    this.#shelf = shelf;
    // An unplugged reader shows no card either, though one lies there.
    reader.subscribe(() => {
      if (!reader.card) this.#lifted();
    });
  }

  /** Puts a card into a slot: the one kept there, or a new one, which `make` makes once. */
  async fill(
    slot: number,
    make: () => Promise<VirtualDesfire>,
    randomBytes: (length: number) => Uint8Array,
  ): Promise<void> {
    const kept = this.#shelf.load(slot) ?? (await make()).toJSON();
    const card = new KeptCard({ memory: VirtualDesfire.memoryOf(kept), randomBytes });
    card.keep = () => this.#shelf.save(slot, card.toJSON());
    card.keep();
    this.#cards.set(slot, card);
  }

  /** Lays a card on the reader until `remove`. False: no card in that slot. */
  present(slot: number): boolean {
    const card = this.#cards.get(slot);
    if (!card) return false;
    // Before anything else: lifting a card that lies there, this one even, is noted as lifting it.
    this.#reader.remove();
    if (this.#armed) card.tear(this.#armed);
    this.#armed = null;
    this.#present = slot;
    this.#reader.present(card);
    return true;
  }

  remove(): void {
    this.#reader.remove();
  }

  /** Pulls the card at its next commit: the one that lies there, or the next one laid down. */
  tear(moment: TearMoment): void {
    const lying = this.#present === null ? undefined : this.#cards.get(this.#present);
    if (lying) lying.tear(moment);
    else this.#armed = moment;
  }

  get presentSlot(): number | null {
    return this.#present;
  }

  #lifted(): void {
    if (this.#present === null) return;
    this.#shelf.save(this.#present, this.#cards.get(this.#present)?.toJSON());
    this.#present = null;
  }
}
