import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { Language } from '#contract/money/index.ts';
import { type Say, useLanguage } from '#renderer/ui/language.ts';
import { till as english } from '#resources/locales/en/till.ts';
import { till as french } from '#resources/locales/fr/till.ts';
import { useCounter } from './counter.ts';
import type { Sale } from './sale/sale.ts';
import { trayStands } from './simulator/tray.ts';
import type { ScreenState } from './state/screen.ts';
import type { TillView } from './state/till.ts';

const words = { fr: french, en: english };

/** The till's sentences in the language of the moment. */
export function useWords(): { t: typeof french; say: Say; language: Language } {
  const { language, say } = useLanguage();
  return { t: words[language], say, language };
}

export const useTillView = <T>(pick: (view: TillView) => T): T => useStore(useCounter().till, pick);
export const useScreen = <T>(pick: (screen: ScreenState) => T): T => useStore(useCounter().screen, pick);
export const useSale = (): Sale => useStore(useCounter().sale);
/** Whether the simulators' tray stands in the hand. */
export function useTray(): boolean {
  const sale = useSale();
  return useScreen((screen) => trayStands(screen, sale));
}

/** The till's own wall time, as the service sees it, read again every few seconds. */
export function useNowMs(everyMs = 5_000): number {
  const { now, after } = useCounter();
  const ahead = useTillView((view) => (view.state ? view.state.nowMs - view.receivedAtMs : 0));
  const [, tick] = useState(0);
  useEffect(() => {
    let callOff = () => {};
    const wait = () => {
      callOff = after(everyMs, () => {
        tick((count) => count + 1);
        wait();
      });
    };
    wait();
    return () => callOff();
  }, [after, everyMs]);
  return now() + ahead;
}
