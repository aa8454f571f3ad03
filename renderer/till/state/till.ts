import { createStore, type StoreApi } from 'zustand/vanilla';
import type { StaffMember, TillState } from '#contract/till/state.ts';
import type { TillClient } from '../door/client.ts';
import type { TillDoor } from '../door/door.ts';

type DemoInfo = Awaited<ReturnType<TillClient['demo']['info']>>;

/** What the service last said, and who has signed in on this connection. */
export type TillView = {
  state: TillState | null;
  /** This page's clock when `state` came: what the strip's time counts from. */
  receivedAtMs: number;
  names: StaffMember[];
  staff: StaffMember | null;
  demo: DemoInfo | null;
};

const nothing: TillView = { state: null, receivedAtMs: 0, names: [], staff: null, demo: null };

export const createTillStore = (): StoreApi<TillView> => createStore<TillView>(() => nothing);

const readerDetail = (state: TillState | null): string | undefined =>
  state?.lamps.find((lamp) => lamp.part === 'reader')?.detail;

/** Asks the demonstration which cards there are and which one lies on the reader. */
export async function refreshDemo(till: StoreApi<TillView>, client: TillClient): Promise<void> {
  if (!till.getState().state?.demo) return;
  try {
    till.setState({ demo: await client.demo.info() });
  } catch {
    // The tray keeps what it showed; the next change of the reader asks again.
  }
}

/** Follows the service on each new connection. The session ends with the connection it was opened on. */
export function followService(till: StoreApi<TillView>, door: StoreApi<TillDoor>, now: () => number): void {
  // One till is followed at a time: the page may change over to the training till and back.
  let stop = new AbortController();
  const follow = async (client: TillClient, { signal }: AbortController) => {
    const loadNames = async () => till.setState({ names: await client.staff.list() });
    await loadNames();
    for await (const state of await client.till.watch(undefined, { signal })) {
      if (signal.aborted) return;
      const before = till.getState();
      till.setState({ state, receivedAtMs: now() });
      if (before.names.length === 0) await loadNames();
      if (before.demo === null || readerDetail(before.state) !== readerDetail(state)) await refreshDemo(till, client);
    }
  };
  const onDoor = (current: TillDoor) => {
    stop.abort();
    stop = new AbortController();
    if (current.state !== 'ready') return till.setState({ staff: null });
    till.setState({ staff: null, demo: null });
    // A broken stream means a lost door, which the door itself notices and repairs.
    follow(current.client, stop).catch(() => {});
  };
  onDoor(door.getState());
  door.subscribe(onDoor);
}
