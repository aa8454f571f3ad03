import { type CurrencyCode, currencies, maxAmountMinor, parseAmount } from '#contract/money/index.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import { type Contradiction, checkProgramme, type ShopFacts } from './contradictions.ts';
import { Programme } from './schema.ts';

/** The most text that a programme's file may be; the largest programme is smaller. */
export const maxProgrammeFileLength = 200_000;

/** In a file amounts are in major units as a person writes them (`"12.50"`), under the name without its unit. */
const minorNames = new Map([
  ['perAmount', 'perAmountMinor'],
  ['minimumAmount', 'minimumAmountMinor'],
  ['fromAmount', 'fromAmountMinor'],
  ['amount', 'amountMinor'],
  ['moneyOff', 'moneyOffMinor'],
]);
const fileNames = new Map([...minorNames].map(([file, minor]) => [minor, file]));

/** No programme is nested deeper; what is, is left as it stands and refused by the schema. */
const maxDepth = 6;

/**
 * Reads a programme's file for a shop: same members as `Programme`, amounts in major units of the shop's currency; the version is
 * the file's own affair and is replaced.
 * Errors: every contradiction, of the file's amounts and shape, then of the rules; never empty.
 */
export function programmeFromFile(text: string, shop: ShopFacts, version: number): Result<Programme, Contradiction[]> {
  const read = jsonOf(text);
  if (read === undefined) return err([{ rule: '', why: 'not-json' }]);
  const faults: Contradiction[] = [];
  const minor = inMinorUnits(read, shop.currency, [], faults);
  if (faults.length > 0) return err(faults);
  const parsed = Programme.safeParse(typeof minor === 'object' ? { ...minor, version } : minor);
  if (!parsed.success) {
    return err(
      parsed.error.issues.map(({ path, message }) => ({ rule: nameOf(path), why: 'shape', facts: { message } })),
    );
  }
  const { publishedAtMs: _, ...programme } = parsed.data;
  const contradictions = checkProgramme(programme, shop);
  return contradictions.length > 0 ? err(contradictions) : ok(programme);
}

/** The file that `programmeFromFile` reads back, for keeping or for another shop of the same currency. */
export function programmeToFile({ version: _, publishedAtMs: __, ...programme }: Programme): string {
  return `${JSON.stringify(inMajorUnits(programme, programme.currency), null, 2)}\n`;
}

function jsonOf(text: string): unknown {
  if (text.length > maxProgrammeFileLength) return undefined;
  try {
    const read: unknown = JSON.parse(text);
    return read;
  } catch {
    return undefined;
  }
}

const nameOf = (path: readonly PropertyKey[]): string => path.map(String).join('.');

function inMinorUnits(value: unknown, currency: CurrencyCode, path: string[], faults: Contradiction[]): unknown {
  if (typeof value !== 'object' || value === null || path.length > maxDepth) return value;
  if (Array.isArray(value)) {
    return value.map((item, index) => inMinorUnits(item, currency, [...path, String(index)], faults));
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, member]): [string, unknown] => {
      const here = [...path, name];
      const minor = minorNames.get(name);
      if (minor !== undefined) return [minor, amountOf(member, currency, here, faults)];
      const file = fileNames.get(name);
      if (file !== undefined) faults.push({ rule: nameOf(here), why: 'shape', facts: { message: file } });
      return [name, inMinorUnits(member, currency, here, faults)];
    }),
  );
}

function amountOf(value: unknown, currency: CurrencyCode, path: string[], faults: Contradiction[]): number {
  const rule = nameOf(path);
  const text = typeof value === 'number' ? String(value) : value;
  const read = typeof text === 'string' ? parseAmount(text, currency) : null;
  if (read?.ok) return read.value;
  const shown = String(text).slice(0, 40);
  if (read?.error.type === 'AmountDecimals') {
    const { exponent } = currencies[currency];
    faults.push({ rule, why: 'amount-decimals', facts: { text: shown, currency, exponent } });
  } else if (read === null || read.error.type === 'AmountNotANumber') {
    faults.push({ rule, why: 'amount-not-a-number', facts: { text: shown } });
  } else faults.push({ rule, why: 'amount-out-of-bounds', facts: { text: shown, currency, maxAmountMinor } });
  return 0;
}

function inMajorUnits(value: unknown, currency: CurrencyCode): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => inMajorUnits(item, currency));
  return Object.fromEntries(
    Object.entries(value).map(([name, member]): [string, unknown] => {
      const file = fileNames.get(name);
      if (file === undefined || typeof member !== 'number') return [name, inMajorUnits(member, currency)];
      return [file, majorText(member, currency)];
    }),
  );
}

/** `12.50`: with a point, all its decimals and no grouping. */
function majorText(amountMinor: number, currency: CurrencyCode): string {
  const { exponent } = currencies[currency];
  const digits = String(amountMinor).padStart(exponent + 1, '0');
  return exponent === 0 ? digits : `${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}
