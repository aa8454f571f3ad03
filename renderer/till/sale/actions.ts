import type { StoreApi } from 'zustand';
import type { SaleEvent } from '#contract/till/loyalty.ts';
import type { Sound } from '#renderer/ui/sound.ts';
import { refusalOf, type TillClient } from '../door/client.ts';
import { askForCopy } from '../result/askForCopy.ts';
import type { ScreenState } from '../state/screen.ts';
import type { TillView } from '../state/till.ts';
import { type Choice, type Intention, intentionOf, type Sale, type SaleAction, step } from './sale.ts';
import { toneOf } from './severity.ts';

export type SaleActions = {
  act(action: SaleAction): void;
  /** The primary button. A second press changes nothing: the state machine has latched. */
  ask(): void;
  /** Takes points for what the customer chose; the card of the moment may lie there still. */
  spend(choice: Choice): void;
  /** The customer has typed the card's PIN. It is handed on and kept nowhere. */
  givePin(pin: string): void;
  cancel(): void;
  /** Ends what is shown and starts the next sale, with the register's amount where one waits. */
  next(): void;
  takeRegister(): void;
  reprint(saleIntention: string): Promise<void>;
  /** The way to the service is gone: what waited for a card can be resumed. */
  lost(): void;
};

type Parts = {
  client: () => TillClient | null;
  newId: () => string;
  till: StoreApi<TillView>;
  screen: StoreApi<ScreenState>;
  sale: StoreApi<Sale>;
  sound: Sound;
};

export function createSaleActions({ client, newId, till, screen, sale, sound }: Parts): SaleActions {
  let takenRegister: string | null = null;

  const act = (action: SaleAction) => {
    const before = sale.getState();
    const after = step(before, action);
    if (after === before) return;
    sale.setState(after, true);
    playFor(before, after);
  };

  const playFor = (before: Sale, after: Sale) => {
    if (after.stage === 'result' && before.stage !== 'result') sound.play('go');
    if (after.stage === 'refused') sound.play(toneOf(after.error.type));
    if (after.stage === 'waiting' && before.stage === 'waiting' && after.prompt !== before.prompt) {
      if (after.prompt.kind === 'again' || after.prompt.kind === 'other') sound.play('warn');
    }
  };

  const onEvent = (intention: Intention, ticketNumber: string, event: SaleEvent) => {
    if (intentionOf(sale.getState())?.id === intention.id) {
      return act({ act: 'event', intention: intention.id, event });
    }
    if (event.stage !== 'printed' || (event.print !== 'failed' && event.print !== 'unknown')) return;
    screen.setState({ latePrint: { sale: intention.id, ticketNumber, print: event.print, why: event.why } });
  };

  const ask = (
    service: TillClient,
    { id, choice, amountMinor, source, receiptNumber, tender }: Intention,
    pin: string | null,
  ) => {
    const again = { intention: id, pin, useCardAsItLies: pin !== null || choice !== null };
    if (choice) return service.loyalty.spend({ ...again, what: choice.what, source: 'keyboard' });
    return service.loyalty.sell({ ...again, amountMinor, source, receiptNumber, tender });
  };

  const run = async (intention: Intention, pin: string | null = null) => {
    const { id } = intention;
    let ticketNumber = '';
    try {
      const service = client();
      if (!service) return act({ act: 'lost', intention: id });
      for await (const event of await ask(service, intention, pin)) {
        if (event.stage === 'result') ticketNumber = event.result.ticketNumber;
        onEvent(intention, ticketNumber, event);
      }
      act({ act: 'lost', intention: id });
    } catch (thrown) {
      const error = refusalOf(thrown);
      act(error ? { act: 'ended', intention: id, error } : { act: 'lost', intention: id });
    }
  };

  const takeRegister = () => {
    const sent = till.getState().state?.registerAmount;
    if (!sent) return;
    takenRegister = sent.id;
    act({ act: 'register', amountMinor: sent.amountMinor, receiptNumber: sent.receiptNumber });
  };

  /** The register's amount appears by itself, but never over one that someone is typing. */
  const offerRegister = () => {
    const sent = till.getState().state?.registerAmount;
    const current = sale.getState();
    if (!sent || sent.id === takenRegister || current.stage !== 'amount') return;
    if (current.entry.source === null || current.entry.source === 'register') takeRegister();
  };
  till.subscribe(offerRegister);
  sale.subscribe(offerRegister);

  return {
    act,
    takeRegister,
    ask() {
      const before = sale.getState();
      const currency = till.getState().state?.currency;
      if (!currency) return;
      act({ act: 'ask', id: newId(), currency });
      const after = sale.getState();
      if (after.stage === 'waiting' && before.stage !== 'waiting') void run(after.intention);
    },
    spend(choice) {
      const before = sale.getState();
      act({ act: 'spend', id: newId(), choice });
      const after = sale.getState();
      if (after.stage === 'waiting' && before.stage !== 'waiting') void run(after.intention);
    },
    givePin(pin) {
      const asked = sale.getState();
      if (asked.stage !== 'pin') return;
      act({ act: 'pin' });
      void run(asked.intention, pin);
    },
    cancel() {
      const current = sale.getState();
      if (current.stage !== 'waiting') return act({ act: 'clear' });
      act({ act: 'cancel' });
      // Too late is no fault: the sale's own events say how it ended.
      client()
        ?.loyalty.cancel({ intention: current.intention.id })
        .catch(() => {});
    },
    next() {
      act({ act: 'clear' });
    },
    async reprint(saleIntention) {
      const service = client();
      // Nothing was asked for: what is known of the ticket stays as it is.
      if (!service) return;
      act({ act: 'reprint' });
      screen.setState({ latePrint: null });
      const asked = () => service.loyalty.reprint({ intention: newId(), sale: saleIntention });
      const current = sale.getState();
      act({ act: 'reprinted', ...(await askForCopy(asked, current.stage === 'result' ? current.copy : 0)) });
    },
    lost() {
      const intention = intentionOf(sale.getState());
      if (intention) act({ act: 'lost', intention: intention.id });
    },
  };
}
