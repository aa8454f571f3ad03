import { beforeEach, describe, expect, it } from 'vitest';
import { createScanGate, type ScanGate } from './scan.ts';

let keys: string[];
let scans: string[];
let pending: (() => void) | null;
let gate: ScanGate<string>;

beforeEach(() => {
  keys = [];
  scans = [];
  pending = null;
  gate = createScanGate<string>({
    after: (_, task) => {
      pending = task;
      return () => {
        pending = null;
      };
    },
    onKeys: (typed) => keys.push(...typed),
    onScan: (text) => scans.push(text),
  });
});

const type = (text: string, gapMs: number, startMs = 0) => {
  for (const [index, character] of [...text].entries()) gate.character(character, character, startMs + index * gapMs);
};

describe('a scanner and fingers', () => {
  it('takes a burst that ends with Enter as one scan, and uses the Enter up', () => {
    type('TN4R8C2W', 5);
    expect(gate.terminator(40)).toBe(true);
    expect({ scans, keys }).toEqual({ scans: ['TN4R8C2W'], keys: [] });
  });

  it('takes a burst without a suffix once the keys have stopped', () => {
    type('123456', 10);
    expect(scans).toEqual([]);
    pending?.();
    expect({ scans, keys }).toEqual({ scans: ['123456'], keys: [] });
  });

  it('gives a person’s keys back in order, and leaves their Enter alone', () => {
    type('1250', 90);
    expect(gate.terminator(500)).toBe(false);
    expect({ scans, keys }).toEqual({ scans: [], keys: ['1', '2', '5', '0'] });
  });

  it('gives two rolled-over keys back: a short burst is no scan', () => {
    type('00', 12);
    pending?.();
    expect({ scans, keys }).toEqual({ scans: [], keys: ['0', '0'] });
  });

  it('settles what is held before any other key', () => {
    gate.character('5', '5', 0);
    gate.other();
    expect(keys).toEqual(['5']);
  });

  it('separates typing from the scan that follows it', () => {
    type('7', 10);
    type('990011', 8, 400);
    pending?.();
    expect({ scans, keys }).toEqual({ scans: ['990011'], keys: ['7'] });
  });

  it('bounds what a noisy scanner can fill', () => {
    type('9'.repeat(2000), 1);
    pending?.();
    expect(scans[0]).toHaveLength(512);
  });
});
