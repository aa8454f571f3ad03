import { createContext, useContext } from 'react';
import type { CurrencyCode } from '#contract/money/index.ts';
import type { officeForm } from '#resources/locales/fr/office-form.ts';

/** What is wrong at a place of a form: the way to it, and why; its words are in the locales by `why`. */
export type Fault = {
  rule: string;
  why: keyof typeof officeForm.faults;
  facts?: Record<string, string | number> | undefined;
};

/** What every field of a form looks at. */
export type FieldsFacts = { faults: readonly Fault[]; currency: CurrencyCode };

export const FieldsContext = createContext<FieldsFacts | null>(null);

export function useFields(): FieldsFacts {
  const facts = useContext(FieldsContext);
  if (!facts) throw new Error('a field stands outside its form');
  return facts;
}
