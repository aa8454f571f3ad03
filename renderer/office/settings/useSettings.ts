import { useCallback, useEffect, useState } from 'react';
import type { ShopSettings } from '#contract/loyalty/shop-settings.ts';
import { type CentralClient, type Trouble, troubleOf } from '../api.ts';
import { useOffice } from '../office.ts';

export type ShownSettings = Awaited<ReturnType<CentralClient['office']['settings']['show']>>;

type State = { shown: ShownSettings | null; trouble: Trouble | null; busy: boolean; saved: boolean };

/** The shop's settings, and how to change them: only upon those that are shown. */
export function useSettings(): State & { save: (settings: ShopSettings) => Promise<void>; touched: () => void } {
  const { client, session } = useOffice();
  const [state, setState] = useState<State>({ shown: null, trouble: null, busy: false, saved: false });

  const fail = useCallback(
    (thrown: unknown) => {
      const trouble = troubleOf(thrown);
      if (trouble.type === 'NotSignedIn') session.setState({ session: null, ended: true });
      setState((now) => ({ ...now, trouble, busy: false }));
    },
    [session],
  );
  const load = useCallback(
    () => client.office.settings.show().then((shown) => setState((now) => ({ ...now, shown })), fail),
    [client, fail],
  );
  useEffect(() => {
    void load();
  }, [load]);

  return {
    ...state,
    touched: () => setState((now) => ({ ...now, saved: false, trouble: null })),
    async save(settings) {
      if (!state.shown || state.busy) return;
      setState((now) => ({ ...now, busy: true, saved: false, trouble: null }));
      try {
        await client.office.settings.save({ settings, basedOn: state.shown.version });
        await load();
        setState((now) => ({ ...now, busy: false, saved: true }));
      } catch (thrown) {
        await load();
        fail(thrown);
      }
    },
  };
}
