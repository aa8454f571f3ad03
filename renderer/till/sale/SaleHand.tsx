import { Icon } from '#renderer/ui/icons.tsx';
import { describeError } from '#resources/locales/describe.ts';
import { useCounter } from '../counter.ts';
import { Action } from '../frame/Action.tsx';
import { Latched } from '../frame/Latched.tsx';
import { OfflineDetail } from '../frame/OfflineDetail.tsx';
import { useKeys } from '../keyboard/useKeys.ts';
import { useScreen, useTillView, useTray, useWords } from '../useTill.ts';
import { Keypad } from './Keypad.tsx';
import { OperationsOrTray } from './OperationsOrTray.tsx';
import type { Sale } from './sale.ts';
import { mayAskAgain } from './severity.ts';

type Shown = Exclude<Sale, { stage: 'result' | 'pin' }>;

/** What the hand does during a sale. The last action before an effect is bottom right, on Enter. */
export function SaleHand({ sale }: { sale: Shown }) {
  const { selling } = useCounter();
  useKeys('screen', {
    digit: (digits) => selling.act({ act: 'digits', digits, source: 'keyboard' }),
    keys: { Backspace: () => selling.act({ act: 'erase', source: 'keyboard' }) },
  });
  return (
    <section className="hand">
      <HandTop sale={sale} />
      <Notices />
      <div className="row last">
        <CancelAction sale={sale} />
        <PrimaryAction key={sale.stage} sale={sale} />
      </div>
    </section>
  );
}

/** The pad, or what someone asked to see in its place. */
function HandTop({ sale }: { sale: Shown }) {
  const tray = useTray();
  const detail = useScreen((screen) => screen.offlineDetail);
  const link = useTillView((view) => view.state?.link ?? null);
  if (tray) return <OperationsOrTray current="sale" waiting={sale.stage === 'waiting'} />;
  if (detail && link?.state === 'offline') return <OfflineDetail link={link} />;
  return <Keypad sale={sale} />;
}

function CancelAction({ sale }: { sale: Shown }) {
  const { selling } = useCounter();
  const { t } = useWords();
  // What may have happened is not abandoned: it is resumed, or it is over.
  if (sale.stage === 'interrupted') return null;
  if (sale.stage === 'refused' && !mayAskAgain(sale.error.type)) return null;
  const cancelling = sale.stage === 'waiting' && sale.cancelling;
  const empty = sale.stage === 'amount' && sale.entry.digits === '';
  const words = cancelling ? t.sale.cancelling : t.sale.cancel;
  return (
    <Action kind="cancel quiet" keyName="Escape" onPress={selling.cancel} disabled={cancelling || empty}>
      {words}
    </Action>
  );
}

function PrimaryAction({ sale }: { sale: Shown }) {
  const { selling } = useCounter();
  const { t } = useWords();
  if (sale.stage === 'waiting')
    return <Latched>{sale.prompt.kind === 'reading' ? t.sale.reading : t.sale.waiting}</Latched>;
  if (sale.stage === 'interrupted') {
    return (
      <Action kind="primary" keyName="Enter" onPress={selling.ask} focus>
        {t.sale.resume}
      </Action>
    );
  }
  if (sale.stage === 'refused') {
    const again = mayAskAgain(sale.error.type);
    return (
      <Action kind="primary" keyName="Enter" onPress={again ? selling.ask : selling.next} focus>
        {again ? t.sale.again : t.result.next}
      </Action>
    );
  }
  return (
    <Action kind="primary" keyName="Enter" onPress={selling.ask}>
      {t.sale.askCard}
    </Action>
  );
}

/** What came late or unasked: a ticket of the sale before, a scan nobody waits for. */
function Notices() {
  const { selling, screen } = useCounter();
  const { t, say, language } = useWords();
  const late = useScreen((state) => state.latePrint);
  const scan = useScreen((state) => state.scan);
  useKeys('frame', { scan: (text) => screen.setState({ scan: text.slice(0, 24) }) });
  return (
    <div role="status" className="notices">
      {scan ? (
        <p className="label" data-notice="scan">
          {say(t.sale.scan, { text: scan })}
        </p>
      ) : null}
      {late ? (
        <div className="err warn">
          <Icon name="warn" />
          <div>
            <b>{say(t.print.late, { number: late.ticketNumber })}</b>
            <p>{describeError(language, late.why ?? { type: 'PrintUnknown' }).title}</p>
            <Action kind="small" keyName="F7" onPress={() => void selling.reprint(late.sale)}>
              {t.result.reprint}
            </Action>
          </div>
        </div>
      ) : null}
    </div>
  );
}
