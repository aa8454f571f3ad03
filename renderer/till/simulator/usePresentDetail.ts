import { useScreen, useTillView, useWords } from '../useTill.ts';

/** Below the order to present a card: in a demonstration whose tray is shut, where its cards are; else the page's own words. */
export function usePresentDetail(words: string): string {
  const { t } = useWords();
  const demo = useTillView((view) => view.state?.demo === true && view.state.devices === 'simulated');
  const tray = useScreen((screen) => screen.tray);
  return demo && !tray ? t.prompt.presentDemo : words;
}
