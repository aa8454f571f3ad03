import { err, type Result } from '#contract/result/index.ts';
import asciiLine from '#resources/registers/ascii-line.json' with { type: 'json' };
import stxEtxLrc from '#resources/registers/stx-etx-lrc.json' with { type: 'json' };
import { parseRegisterFormat, type RegisterFormat, type RegisterFormatInvalid } from './format.ts';

export type RegisterFormatUnknown = { type: 'DeviceProfileUnknown'; name: string; known: string[] };

const shipped: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['ascii-line', asciiLine],
  ['stx-etx-lrc', stxEtxLrc],
]);

/** What a register is taken for until someone names its format. */
export const DEFAULT_REGISTER_FORMAT = 'ascii-line';

/** The names that `device set register … --profile NAME` takes. */
export const registerFormatNames = (): string[] => [...shipped.keys()];

/** A shipped format by its name, checked on each load. */
export function registerFormat(name: string): Result<RegisterFormat, RegisterFormatInvalid | RegisterFormatUnknown> {
  const data = shipped.get(name);
  return data === undefined
    ? err({ type: 'DeviceProfileUnknown', name, known: registerFormatNames() })
    : parseRegisterFormat(`${name}.json`, data);
}
