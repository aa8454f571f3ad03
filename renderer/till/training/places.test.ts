import { expect, it } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { DoorState } from '../door/door.ts';
import { createPlaces } from './places.ts';

const trainingTill = { name: 'training' };
const calls: string[] = [];
const enter = async () => void calls.push('enter');
const client = { name: 'live', training: { enter, on: trainingTill } };
const ready = { state: 'ready', client } as unknown as DoorState;

it('[N8] the page stands at the real till until it signs out and enters training, and comes back to it', async () => {
  const door = createStore<DoorState>(() => ready);
  calls.length = 0;
  const parts = { signOut: () => void calls.push('sign out'), moved: () => void calls.push('moved') };
  const places = createPlaces(door, parts);
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
  expect(calls).toEqual(['sign out', 'enter', 'moved', 'moved']);
});

it('a training till that does not open leaves the page where it is', async () => {
  const closed = { ...client, training: { ...client.training, enter: () => Promise.reject(new Error('gone')) } };
  const door = createStore<DoorState>(() => ({ state: 'ready', client: closed }) as unknown as DoorState);
  const moved = () => {
    throw new Error('moved');
  };
  const places = createPlaces(door, { signOut: () => {}, moved });
  expect(await places.enter()).toEqual({ type: 'ServiceGone' });
  expect(places.door.getState()).toMatchObject({ client: closed });
});
