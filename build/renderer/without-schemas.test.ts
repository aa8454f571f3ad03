import { expect, it } from 'vitest';
import { z } from './without-schemas.ts';

type Chain = {
  strictObject: (shape: object) => Chain;
  min: (least: number) => Chain;
  parse: (value: unknown) => unknown;
};
const schemas = z as Chain;

it('lets schemas be declared, and makes using one a defect', () => {
  const declared = schemas.strictObject({ id: 1 }).min(3);
  expect(() => declared.parse({ id: 1 })).toThrow('no schemas');
});
