import { useScreen, useTillView, useWords } from '../useTill.ts';
import type { Sale } from './sale.ts';
import { TapDrawing } from './TapDrawing.tsx';

type Shown = Extract<Sale, { stage: 'amount' | 'waiting' | 'interrupted' }>;
type Order = { tone: 'idle' | 'ink' | 'warn'; title: string; detail: string; moving: boolean };

/** The order of the moment, in words: pure but for the language. */
function useOrder(sale: Shown): Order {
  const { t, say } = useWords();
  const offline = useTillView((view) => view.state?.link.state === 'offline');
  const simulated = useTillView((view) => (view.state?.demo && view.state.devices === 'simulated') ?? false);
  const tray = useScreen((screen) => screen.tray);
  const { prompt: words } = t;
  if (sale.stage === 'amount') return { tone: 'idle', title: words.idle, detail: words.idleDetail, moving: false };
  if (sale.stage === 'interrupted') {
    return { tone: 'warn', title: words.interrupted, detail: words.interruptedDetail, moving: false };
  }
  const { prompt } = sale;
  switch (prompt.kind) {
    case 'starting':
      return { tone: 'ink', title: words.starting, detail: words.startingDetail, moving: false };
    case 'present': {
      const detail = simulated && !tray ? words.presentDemo : offline ? words.presentOffline : words.presentDetail;
      return { tone: 'ink', title: words.present, detail, moving: true };
    }
    case 'remove': {
      const detail = simulated && !tray ? words.removeDemo : words.removeDetail;
      return { tone: 'warn', title: words.remove, detail, moving: false };
    }
    case 'reading':
      return { tone: 'ink', title: words.reading, detail: words.readingDetail, moving: false };
    case 'keep': {
      const detail = prompt.why === 'joining' ? words.keepJoining : words.keepChecking;
      return { tone: 'ink', title: words.keep, detail, moving: false };
    }
    case 'again': {
      const detail = say(words.againDetail, { cardNumber: prompt.cardNumber });
      return { tone: 'warn', title: words.again, detail, moving: true };
    }
    case 'other': {
      const detail = say(words.otherDetail, { cardNumber: prompt.cardNumber });
      return { tone: 'warn', title: words.other, detail, moving: true };
    }
  }
}

export function PromptBlock({ sale }: { sale: Shown }) {
  const { tone, title, detail, moving } = useOrder(sale);
  return (
    <div className={`prompt ${tone}`} role="status">
      <TapDrawing moving={moving} />
      <div>
        <h2>{title}</h2>
        <p>{detail}</p>
      </div>
    </div>
  );
}
