import { useCounter } from '../counter.ts';
import { KeyCap, keepFocus } from '../frame/Action.tsx';
import { useKeys } from '../keyboard/useKeys.ts';
import type { DoneSale } from '../sale/sale.ts';
import { Simulator } from '../simulator/Simulator.tsx';
import { useTray, useWords } from '../useTill.ts';

/** An unconfirmed print: answers of equal size with their consequence, and nothing on Enter. */
export function PrintQuestion({ sale }: { sale: DoneSale }) {
  const { selling } = useCounter();
  const { t } = useWords();
  const tray = useTray();
  const answers = [
    { key: t.print.yesKey, word: t.print.yes, detail: t.print.yesDetail, act: () => selling.act({ act: 'answered' }) },
    {
      key: t.print.noKey,
      word: t.print.no,
      detail: t.print.noDetail,
      act: () => void selling.reprint(sale.intention.id),
    },
  ];
  useKeys('screen', { keys: Object.fromEntries(answers.map(({ key, act }) => [key, act])) });
  return (
    <section className="hand">
      <h2 className="lead">{t.print.answer}</h2>
      <div className="ask">
        {answers.map(({ key, word, detail, act }) => (
          <button key={key} type="button" className="btn" onClick={act} onMouseDown={keepFocus} aria-keyshortcuts={key}>
            <span>
              <b>{word}</b>
              <small>{detail}</small>
            </span>
            <KeyCap name={key} />
          </button>
        ))}
      </div>
      {tray ? <Simulator waiting={false} /> : null}
    </section>
  );
}
