import type { ComponentType } from 'react';
import type { Language } from '#contract/money/index.ts';
import type { Role } from '#contract/till/state.ts';
import type { Session } from './session.ts';

/** What every page is given: who looks, and what follows its id in the address (`#/cards/0417209320` gives `['0417209320']`). */
export type PageProps = { session: Session; rest: readonly string[] };

export type OfficePage = {
  /** Its place in the address: `#/programme`. */
  id: string;
  /** Its word in the navigation and in the window's title. */
  label: Record<Language, string>;
  Page: ComponentType<PageProps>;
  /** Who finds it in the navigation; absent: everyone who may enter the office. */
  roles?: readonly Role[];
};
