import type { ReactNode } from 'react';
import { Action } from './Action.tsx';

/** The primary button once it was pressed: it says that it waits, and a repeat does nothing. */
export const Latched = ({ children }: { children: ReactNode }) => (
  <Action kind="latched" keyName="Enter" icon="tap" onPress={() => {}} disabled silentKey>
    <span className="wait">{children}</span>
  </Action>
);
