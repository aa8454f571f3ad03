import { formatCardNumber } from '#contract/loyalty/card-number.ts';
import { formatAmount, formatInteger } from '#contract/money/index.ts';
import type { TillError } from '#contract/till/errors.ts';
import { Verdict } from '#renderer/ui/Verdict.tsx';
import { describeError } from '#resources/locales/describe.ts';
import { Action } from '../frame/Action.tsx';
import { useWords } from '../useTill.ts';
import type { WhatMoves } from './whatMoves.ts';

type Props = {
  how: 'replace' | 'merge';
  fromCard: string;
  toCard: string;
  moves: WhatMoves;
  /** Why it was refused; null: it was not asked for yet. */
  error: TillError | null;
  working: boolean;
  onConfirm: () => void;
  onBack: () => void;
};

/** What cannot be undone says what will happen first; the safe answer has the focus, and Enter with it. */
export function ConfirmMove({ how, fromCard, toCard, moves, error, working, onConfirm, onBack }: Props) {
  const { t, say, language } = useWords();
  const { name, key } = t.cards.tasks[how];
  const refusal = error ?? (moves.stage === 'refused' ? moves.error : null);
  const words = refusal ? describeError(language, refusal) : null;
  const verb = moves.stage === 'known' ? say(t.cards.confirmMove, { points: moves.points }) : name;
  return (
    <>
      <section className="eye res" data-error={refusal?.type}>
        {words ? (
          <Verdict tone="stop" word={words.title}>
            {`${words.state} ${words.remedy}`}
          </Verdict>
        ) : null}
        <div className="panel bal day-confirm">
          <h1 className="title">{name}</h1>
          <Points moves={moves} />
          <p className="lead">
            {say(t.cards.fromTo, { fromCard: formatCardNumber(fromCard), toCard: formatCardNumber(toCard) })}
          </p>
          <Consequences moves={moves} />
        </div>
      </section>
      <section className="hand">
        <div className="push" />
        <Action keyName="Escape" onPress={onBack} focus>
          {t.cards.back}
        </Action>
        <Action
          kind="primary quiet"
          keyName={key}
          onPress={onConfirm}
          disabled={working || moves.stage === 'asking' || moves.stage === 'refused'}
        >
          {working ? t.cards.moment : verb}
        </Action>
      </section>
    </>
  );
}

/** How many points move: the one dominant figure, or why there is none. */
function Points({ moves }: { moves: WhatMoves }) {
  const { t, language } = useWords();
  if (moves.stage === 'refused') return null;
  if (moves.stage !== 'known') {
    return (
      <p className="lead" role="status" data-moves={moves.stage}>
        {moves.stage === 'asking' ? t.cards.movesAsking : t.cards.movesUnknown}
      </p>
    );
  }
  const points = formatInteger(moves.points, language);
  return (
    <p className="big moves" role="status">
      <span className="num" data-size={points.length > 6 ? 'many' : 'few'}>
        <span data-figure="moves">{points}</span>
        <small>{t.result.points}</small>
      </span>
    </p>
  );
}

function Consequences({ moves }: { moves: WhatMoves }) {
  const { t, say, language } = useWords();
  const accounts = moves.stage === 'known' ? moves.accounts : null;
  const amount = (minor: number) => formatAmount(minor, accounts?.currency ?? 'XOF', language);
  const purseMinor = accounts?.purse.balanceMinor ?? 0;
  const owedMinor = accounts?.credit.owedMinor ?? 0;
  return (
    <ul className="consequences">
      {moves.stage === 'known' && !moves.heard ? <li>{t.card.notYet}</li> : null}
      {purseMinor === 0 ? null : <li data-moves="purse">{say(t.cards.purseMoves, { amount: amount(purseMinor) })}</li>}
      {owedMinor === 0 ? null : <li data-moves="credit">{say(t.cards.creditMoves, { amount: amount(owedMinor) })}</li>}
      <li>{t.cards.replaceBlocks}</li>
      {moves.stage === 'known' && moves.waits ? <li>{t.cards.replaceWaits}</li> : null}
    </ul>
  );
}
