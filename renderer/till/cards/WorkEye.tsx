import type { ReactNode } from 'react';
import { formatInteger } from '#contract/money/index.ts';
import { formatSeconds } from '#renderer/ui/format.ts';
import { Verdict } from '#renderer/ui/Verdict.tsx';
import { describeError } from '#resources/locales/describe.ts';
import { toneOf } from '../sale/severity.ts';
import { TapDrawing } from '../sale/TapDrawing.tsx';
import { usePresentDetail } from '../simulator/usePresentDetail.ts';
import { useWords } from '../useTill.ts';
import type { CardWork } from './cardWork.ts';

type Props = {
  title: string;
  done?: string;
  /** The figure it is about: it stays through the order of the moment and through a refusal. */
  sum?: ReactNode;
  work: CardWork;
};

/** The order of the moment while a card is worked on, and how it ended. */
export function WorkEye({ title, done = title, sum, work }: Props) {
  const { language } = useWords();
  if (work.stage === 'issued' || work.stage === 'done') return <Made work={work} done={done} />;
  if (work.stage === 'refused') {
    const { title: word, state, remedy } = describeError(language, work.error);
    return (
      <section className="eye res" data-error={work.error.type}>
        <Verdict tone={toneOf(work.error.type)} word={word} large>
          {sum ? state : `${state} ${remedy}`}
        </Verdict>
        {sum ? (
          <div className="panel sale refused">
            {sum}
            <p className="remedy">{remedy}</p>
          </div>
        ) : null}
      </section>
    );
  }
  return (
    <section className="eye panel sale">
      {sum ?? (
        <div className="top">
          <h1 className="what">{title}</h1>
        </div>
      )}
      <WorkPrompt work={work} />
    </section>
  );
}

type Moment = Exclude<CardWork, { stage: 'issued' | 'done' | 'refused' }>;

function WorkPrompt({ work }: { work: Moment }) {
  const { t, say } = useWords();
  const present = usePresentDetail(t.prompt.presentDetail);
  const orders: Record<Moment['stage'], { title: string; detail: string; tone: string }> = {
    idle: { title: t.prompt.starting, detail: t.prompt.startingDetail, tone: 'ink' },
    present: { title: t.prompt.present, detail: present, tone: 'ink' },
    remove: { title: t.prompt.remove, detail: t.prompt.removeDetail, tone: 'warn' },
    reading: { title: t.prompt.starting, detail: t.prompt.startingDetail, tone: 'ink' },
    working: {
      title: t.cards.working,
      detail: say(t.cards.workingDetail, { exchanges: work.stage === 'working' ? work.exchanges : 0 }),
      tone: 'ink',
    },
    again: { title: t.cards.again, detail: t.cards.againDetail, tone: 'warn' },
  };
  const { title, detail, tone } = orders[work.stage];
  return (
    <div className={`prompt ${tone}`} role="status">
      <TapDrawing moving={work.stage === 'present' || work.stage === 'again'} />
      <div>
        <h2>{title}</h2>
        <p>{detail}</p>
      </div>
    </div>
  );
}

function Made({ work, done }: { work: Extract<CardWork, { stage: 'issued' | 'done' }>; done: string }) {
  const { t, say, language } = useWords();
  if (work.stage === 'done') {
    return (
      <section className="eye res">
        <Verdict tone="go" word={done} large>
          {say(t.cards.doneDetail, { cardNumber: work.cardNumber })}
        </Verdict>
      </section>
    );
  }
  const { card } = work;
  const { cardNumber } = card;
  return (
    <section className="eye res">
      <Verdict tone="go" word={say(t.cards[card.how], { cardNumber })}>
        {say(t.cards.issuedDetail, { balance: formatInteger(card.balance, language) })}
      </Verdict>
      <div className="panel bal">
        <div className="holder">
          <b>{say(t.result.card, { cardNumber })}</b>
          <span className="t2">{say(t.cards.seconds, { seconds: formatSeconds(card.tapToResultMs, language) })}</span>
        </div>
        <p className="big">
          <span className="num" data-size="few">
            <span data-figure="balance">{formatInteger(card.balance, language)}</span>
            <small>{t.result.points}</small>
          </span>
        </p>
      </div>
    </section>
  );
}
