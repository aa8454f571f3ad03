import { createStore, type StoreApi } from 'zustand/vanilla';
import type { TillError } from '#contract/till/errors.ts';
import { refusalOf } from '../door/client.ts';
import type { DoorState, TillDoor } from '../door/door.ts';

/** Which till this page stands at: the real one, or the training till behind the same door. */
export type Places = {
  /** The door as the screens see it: in training it leads to the training till. */
  door: StoreApi<TillDoor>;
  /** Signs out first. Gives the refusal, or null when the page stands in training. */
  enter(): Promise<TillError | null>;
  leave(): void;
};

type Parts = {
  /** Closes the real till's session: whoever practises leaves it to nobody. */
  signOut: () => void;
  /** Called at each change of place: what the page held belongs to the other till. */
  moved: () => void;
};

export function createPlaces(door: StoreApi<DoorState>, { signOut, moved }: Parts): Places {
  let training = false;
  const seen = (): TillDoor => {
    const current = door.getState();
    if (current.state !== 'ready') return current;
    return { state: 'ready', client: training ? current.client.training.on : current.client };
  };
  const place = createStore<TillDoor>(seen);
  const look = () => place.setState(seen(), true);
  const goTo = (where: boolean) => {
    if (training === where) return;
    training = where;
    moved();
    look();
  };
  door.subscribe(look);
  return {
    door: place,
    async enter() {
      const current = door.getState();
      if (current.state !== 'ready') return null;
      signOut();
      try {
        await current.client.training.enter();
      } catch (thrown) {
        return refusalOf(thrown) ?? { type: 'ServiceGone' };
      }
      goTo(true);
      return null;
    },
    leave: () => goTo(false),
  };
}
