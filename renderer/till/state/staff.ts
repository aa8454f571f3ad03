import type { StoreApi } from 'zustand';
import type { TillError } from '#contract/till/errors.ts';
import type { StaffMember } from '#contract/till/state.ts';
import { refusalOf, type TillClient } from '../door/client.ts';
import type { ScreenState } from './screen.ts';
import type { TillView } from './till.ts';

export type StaffActions = {
  /** Opens this connection's session. Gives the refusal, or null when the till is open. */
  signIn(code: string, pin: string): Promise<TillError | null>;
  signInByBadge(badge: string): Promise<TillError | null>;
  /** Nobody has touched the till for a while: the session ends, the sale in progress stays. */
  lock(): void;
};

type Parts = {
  client: () => TillClient | null;
  newId: () => string;
  till: StoreApi<TillView>;
  screen: StoreApi<ScreenState>;
};

export function createStaffActions({ client, newId, till, screen }: Parts): StaffActions {
  const opened = async (asked: Promise<StaffMember> | undefined): Promise<TillError | null> => {
    try {
      const staff = await asked;
      if (!staff) return null;
      till.setState({ staff });
      screen.setState({ switching: false });
      return null;
    } catch (thrown) {
      return refusalOf(thrown);
    }
  };
  return {
    signIn: (code, pin) => opened(client()?.staff.signIn({ intention: newId(), code, pin })),
    signInByBadge: (badge) => opened(client()?.staff.signInByBadge({ intention: newId(), badge })),
    lock() {
      if (!till.getState().staff) return;
      till.setState({ staff: null });
      // A lost door has ended the session already.
      client()
        ?.staff.lock()
        .catch(() => {});
    },
  };
}
