import { err, ok, type Result } from '#contract/result/index.ts';
import { type TillError, tillError } from '#contract/till/errors.ts';
import type { Device } from '#contract/till/index.ts';
import type { Lamp } from '#contract/till/state.ts';
import type { Clock } from '#contract/time/index.ts';
import type { CardReader } from '#native/cards/transport.ts';
import { type DeviceAddress, parseDeviceAddress } from '#native/printers/address.ts';
import { createChanges } from './changes.ts';
import { type OpenedPrinter, PrinterSlot } from './printer-slot.ts';
import { type OpenRegister, RegisterSlot } from './register-slot.ts';
import { createSwitchedReader, type SwitchedReader } from './switched-reader.ts';

export type DeviceKind = 'reader' | 'printer' | 'register';
export type DeviceSetting = { address: string; profile: string | null };
export type DeviceSettings = Partial<Record<DeviceKind, DeviceSetting>>;

/** How a device is opened by its address. `compose.ts` says so: the desk knows no simulator and no port. */
export type Openers = {
  reader(address: DeviceAddress): Result<CardReader, TillError>;
  printer(address: DeviceAddress, profile: string | null): Result<OpenedPrinter, TillError>;
  register(address: DeviceAddress, profile: string | null): Result<OpenRegister, TillError>;
  /** Ports a person could choose from. */
  found(device: DeviceKind): Promise<string[]>;
};

export type SettingsPlace = { get(): DeviceSettings; set(settings: DeviceSettings): void };

/** What lies on this counter: one reader, one printer, one register link, each behind an address that can be changed. */
export class Desk {
  readonly reader: SwitchedReader;
  readonly printer: PrinterSlot;
  readonly register: RegisterSlot;
  readonly changes = createChanges();
  readonly #openers: Openers;
  readonly #settings: SettingsPlace;

  private constructor(reader: CardReader, openers: Openers, settings: SettingsPlace, clock: Clock, uuid: () => string) {
    this.reader = createSwitchedReader(reader);
    this.printer = new PrinterSlot(clock);
    this.register = new RegisterSlot(clock, uuid);
    this.#openers = openers;
    this.#settings = settings;
    for (const part of [this.reader, this.printer.changes, this.register.changes]) part.subscribe(this.changes.tell);
  }

  /** Opens what is set. An address that no longer makes sense leaves its place empty and its lamp says so. */
  static async open(openers: Openers, settings: SettingsPlace, clock: Clock, uuid: () => string): Promise<Desk> {
    const { reader, printer, register } = settings.get();
    const address = parseDeviceAddress(reader?.address ?? 'pcsc:');
    const opened = address.ok ? openers.reader(address.value) : address;
    const fallback = opened.ok ? opened : openers.reader({ kind: 'pcsc', reader: '' });
    if (!fallback.ok) throw new Error(`no reader can be opened: ${fallback.error.type}`);
    const desk = new Desk(fallback.value, openers, settings, clock, uuid);
    // Not waited for: a printer that is slow to say how it is holds up no start.
    if (printer) void desk.#openPrinter(printer);
    if (register) await desk.#openRegister(register);
    return desk;
  }

  /** Sets a device's address and profile, opens it, and remembers it. Errors: DeviceAddressInvalid, DeviceProfileUnknown. */
  async set(device: DeviceKind, setting: DeviceSetting): Promise<Result<void, TillError>> {
    const opened = await this.#opening[device](setting);
    if (!opened.ok) return opened;
    this.#settings.set({ ...this.#settings.get(), [device]: setting });
    // Whoever set it reads its lamp in the answer.
    if (device === 'register') await this.register.firstState();
    this.changes.tell();
    return ok(undefined);
  }

  /** Leaves a printer's or a register's place empty. */
  async clear(device: 'printer' | 'register'): Promise<void> {
    await this[device].change(null);
    const { [device]: _, ...rest } = this.#settings.get();
    this.#settings.set(rest);
  }

  setting(device: DeviceKind): DeviceSetting | null {
    return this.#settings.get()[device] ?? (device === 'reader' ? { address: 'pcsc:', profile: null } : null);
  }

  lamps(): Lamp[] {
    return [
      this.#lamp('reader', this.#readerLamp()),
      this.#lamp('printer', this.printer.lamp()),
      this.#lamp('register', this.register.lamp()),
    ];
  }

  async list(): Promise<Device[]> {
    const lamps = this.lamps();
    return Promise.all(
      (['reader', 'printer', 'register'] as const).map(async (device) => ({
        device,
        address: this.setting(device)?.address ?? null,
        profile: this.setting(device)?.profile ?? null,
        lamp: lamps.find(({ part }) => part === device) ?? null,
        found: await this.#openers.found(device),
      })),
    );
  }

  async close(): Promise<void> {
    await Promise.all([this.reader.close(), this.printer.close(), this.register.close()]);
  }

  #lamp(part: DeviceKind, found: Pick<Lamp, 'state' | 'detail'>): Lamp {
    const address = this.setting(part)?.address;
    return { part, ...found, ...(address ? { address } : {}) };
  }

  #readerLamp(): Pick<Lamp, 'state' | 'detail'> {
    const { status, cardPresent } = this.reader.state();
    if (status === 'service-down') return { state: 'fault', detail: 'service-stopped' };
    if (status === 'absent') return { state: 'fault', detail: 'unplugged' };
    return { state: 'ok', detail: cardPresent ? 'card-present' : 'ready' };
  }

  readonly #opening: Record<DeviceKind, (setting: DeviceSetting) => Promise<Result<void, TillError>>> = {
    reader: (setting) => this.#openReader(setting),
    printer: (setting) => this.#openPrinter(setting),
    register: (setting) => this.#openRegister(setting),
  };

  async #openReader({ address }: DeviceSetting): Promise<Result<void, TillError>> {
    const opened = this.#parsed(address, (parsed) => this.#openers.reader(parsed));
    if (opened.ok) await this.reader.change(opened.value);
    return opened.ok ? ok(undefined) : opened;
  }

  async #openPrinter({ address, profile }: DeviceSetting): Promise<Result<void, TillError>> {
    const opened = this.#parsed(address, (parsed) => this.#openers.printer(parsed, profile));
    if (opened.ok) await this.printer.change(opened.value);
    return opened.ok ? ok(undefined) : opened;
  }

  async #openRegister({ address, profile }: DeviceSetting): Promise<Result<void, TillError>> {
    const opened = this.#parsed(address, (parsed) => this.#openers.register(parsed, profile));
    if (opened.ok) await this.register.change(opened.value);
    return opened.ok ? ok(undefined) : opened;
  }

  #parsed<T>(address: string, open: (address: DeviceAddress) => Result<T, TillError>): Result<T, TillError> {
    const parsed = parseDeviceAddress(address);
    return parsed.ok
      ? open(parsed.value)
      : err(tillError('DeviceAddressInvalid', { address, part: parsed.error.part }));
  }
}
