import { createContext, useContext } from 'react';
import type { ProgrammeForm } from './form.ts';

/** What the parts of the form share. */
export type Editing = {
  form: ProgrammeForm;
  edit: (change: (form: ProgrammeForm) => ProgrammeForm) => void;
};

export const EditingContext = createContext<Editing | null>(null);

export function useEditing(): Editing {
  const editing = useContext(EditingContext);
  if (!editing) throw new Error('a field of the programme stands outside its form');
  return editing;
}
