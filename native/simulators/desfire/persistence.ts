import { fromHex, hex } from '#native/cards/bytes.ts';
import type { Application, CardMemory, FileState } from './memory.ts';

/** A card's memory as JSON: byte strings are objects `{ hex }`, maps are arrays of pairs. Pending writes are not kept. */
export type CardJson = { kind: 'virtual-desfire'; version: 1; memory: unknown };

const toPlain = (_name: string, value: unknown): unknown => {
  if (value instanceof Uint8Array) return { hex: hex(value) };
  if (value instanceof Map) return { pairs: [...value] };
  return value;
};

const fromPlain = (_name: string, value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if ('hex' in value && typeof value.hex === 'string') return fromHex(value.hex);
  if ('pairs' in value && Array.isArray(value.pairs)) return new Map(value.pairs);
  return value;
};

const settled = (application: Application): Application => ({
  ...application,
  files: new Map(
    [...application.files].map(([number, file]): [number, FileState] => [number, { ...file, pending: null }]),
  ),
});

export const memoryToJson = (memory: CardMemory): CardJson => {
  const applications = new Map([...memory.applications].map(([aid, application]) => [aid, settled(application)]));
  return {
    kind: 'virtual-desfire',
    version: 1,
    memory: JSON.parse(JSON.stringify({ ...memory, applications }, toPlain)),
  };
};

/** @throws TypeError when the JSON is not a card's */
export const memoryFromJson = (json: unknown): CardMemory => {
  const card = json as Partial<CardJson> | null;
  if (card?.kind !== 'virtual-desfire' || card.version !== 1) throw new TypeError('not a virtual card');
  const memory = JSON.parse(JSON.stringify(card.memory), fromPlain) as CardMemory;
  if (!(memory.uid instanceof Uint8Array) || !(memory.applications instanceof Map)) {
    throw new TypeError('a damaged virtual card');
  }
  return memory;
};
