import { useEffect, useRef } from 'react';
import { useCounter } from '../counter.ts';
import type { Bindings, LayerName } from './keyboard.ts';

/** Binds keys as long as the component stands. The bindings may change at each render. */
export function useKeys(layer: LayerName, bindings: Bindings): void {
  const { keyboard } = useCounter();
  const latest = useRef(bindings);
  latest.current = bindings;
  useEffect(() => keyboard.bind(layer, () => latest.current), [keyboard, layer]);
}
