import type { OfficeCase } from '#contract/central/office-cards.ts';
import { Icon } from '#renderer/ui/icons.tsx';
import { useCardWords } from '../cards/words.ts';
import { addressOf } from '../route.ts';
import { evidenceLines } from './evidence.ts';
import { SettleForm } from './SettleForm.tsx';

type Props = { found: OfficeCase; mayWrite: boolean; onSettled: () => void };

/** A case: what it is about, what contradicts what, and the decision. */
export function CaseSheet({ found, mayWrite, onSettled }: Props) {
  const words = useCardWords();
  const { t, say, number, moment } = words;
  const { cases } = t;
  const { settled } = found;
  return (
    <section className="panel form case" data-case={found.kind} aria-label={cases.kinds[found.kind]}>
      <h2>
        <Icon name={settled ? 'ok' : 'warn'} />
        <span>{cases.kinds[found.kind]}</span>
      </h2>
      <p>{cases.what[found.kind]}</p>
      <p className="about">
        {found.cardNumber ? (
          <a className="back" href={addressOf('cards', found.cardNumber)}>
            {say(cases.card, { number: number(found.cardNumber) })}
          </a>
        ) : null}
        {found.till ? <span>{found.till}</span> : null}
        <span className="t2">{say(cases.since, { when: moment(found.openedAt) })}</span>
      </p>
      <ul className="evidence">
        {evidenceLines(found, words).map(({ id, text }) => (
          <li key={id}>{text}</li>
        ))}
      </ul>
      {settled ? (
        <p className="decision">
          <b>
            {say(cases.settledBy, {
              decision: cases.decisions[settled.decision],
              when: moment(settled.atMs),
              by: settled.by,
            })}
          </b>
          <span>{settled.note}</span>
        </p>
      ) : null}
      {mayWrite && found.choices.length > 0 ? <SettleForm found={found} onSettled={onSettled} /> : null}
      {mayWrite && !settled && found.choices.length === 0 ? <p className="t2">{cases.waitsForOthers}</p> : null}
    </section>
  );
}
