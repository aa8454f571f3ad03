import { useState } from 'react';
import { useCounter } from '../counter.ts';
import { Action } from '../frame/Action.tsx';
import { OperationsOrTray } from '../sale/OperationsOrTray.tsx';
import { useWords } from '../useTill.ts';
import { FindTask } from './FindTask.tsx';
import { IssueTask } from './IssueTask.tsx';
import { MoveTask } from './MoveTask.tsx';
import { PinTask } from './PinTask.tsx';
import { UnblockTask } from './UnblockTask.tsx';

const tasks = ['issue', 'find', 'replace', 'merge', 'pin', 'unblock'] as const;
type Task = (typeof tasks)[number];

/** What is done to cards themselves. One task at a time, each from its question to its answer. */
export function CardsPage() {
  const [task, setTask] = useState<Task | null>(null);
  const leave = () => setTask(null);
  switch (task) {
    case 'issue':
      return <IssueTask onEnd={leave} />;
    case 'find':
      return <FindTask onEnd={leave} />;
    case 'replace':
    case 'merge':
      return <MoveTask how={task} onEnd={leave} />;
    case 'pin':
      return <PinTask onEnd={leave} />;
    case 'unblock':
      return <UnblockTask onEnd={leave} />;
    default:
      return <Menu onChoose={setTask} />;
  }
}

function Menu({ onChoose }: { onChoose: (task: Task) => void }) {
  const { screen } = useCounter();
  const { t } = useWords();
  return (
    <>
      <section className="eye panel bal">
        <h1 className="title">{t.cards.chooseTask}</h1>
        <ul className="choices tasks">
          {tasks.map((task) => (
            <li key={task}>
              <Action keyName={t.cards.tasks[task].key} onPress={() => onChoose(task)}>
                <span className="task">
                  <b>{t.cards.tasks[task].name}</b>
                  <small>{t.cards.tasks[task].detail}</small>
                </span>
              </Action>
            </li>
          ))}
        </ul>
      </section>
      <section className="hand">
        <OperationsOrTray current="cards" waiting={false} />
        <div className="push" />
        <Action keyName="Escape" onPress={() => screen.setState({ page: 'sale' })}>
          {t.card.done}
        </Action>
      </section>
    </>
  );
}
