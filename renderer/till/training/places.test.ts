import { expect, it } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { DoorState } from '../door/door.ts';
import { createPlaces } from './places.ts';

const trainingTill = { name: 'training' };
const client = { name: 'live', training: { enter: async () => ({ done: true }), on: trainingTill } };
const ready = { state: 'ready', client } as unknown as DoorState;

it('the page stands at the real till until it enters training, and comes back to it', async () => {
  const door = createStore<DoorState>(() => ready);
  let moves = 0;
  const places = createPlaces(door, () => (moves += 1));
  const till = () => {
    const current = places.door.getState();
    return current.state === 'ready' ? current.client : null;
  };
  expect(till()).toBe(client);
  expect(await places.enter()).toBeNull();
  expect(till()).toBe(trainingTill);
  door.setState({ state: 'lost', retryAtMs: 5 }, true);
  expect(till()).toBeNull();
  door.setState(ready, true);
  expect(till()).toBe(trainingTill);
  places.leave();
  places.leave();
  expect(till()).toBe(client);
  expect(moves).toBe(2);
});

it('a training till that does not open leaves the page where it is', async () => {
  const closed = { ...client, training: { ...client.training, enter: () => Promise.reject(new Error('gone')) } };
  const door = createStore<DoorState>(() => ({ state: 'ready', client: closed }) as unknown as DoorState);
  const places = createPlaces(door, () => {
    throw new Error('moved');
  });
  expect(await places.enter()).toEqual({ type: 'ServiceGone' });
  expect(places.door.getState()).toMatchObject({ client: closed });
});
