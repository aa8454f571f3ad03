import type { StoreApi } from 'zustand';
import type { TillError } from '#contract/till/errors.ts';
import { refusalOf, type TillClient } from '../door/client.ts';
import type { ScreenState } from './screen.ts';
import type { TillView } from './till.ts';

export type StaffActions = {
  /** Opens this connection's session. Gives the refusal, or null when the till is open. */
  signIn(code: string, pin: string): Promise<TillError | null>;
};

type Parts = {
  client: () => TillClient | null;
  newId: () => string;
  till: StoreApi<TillView>;
  screen: StoreApi<ScreenState>;
};

export const createStaffActions = ({ client, newId, till, screen }: Parts): StaffActions => ({
  async signIn(code, pin) {
    try {
      const staff = await client()?.staff.signIn({ intention: newId(), code, pin });
      if (!staff) return null;
      till.setState({ staff });
      screen.setState({ switching: false });
      return null;
    } catch (thrown) {
      return refusalOf(thrown);
    }
  },
});
