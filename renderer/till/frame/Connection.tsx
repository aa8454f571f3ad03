import { Verdict } from '#renderer/ui/Verdict.tsx';
import { useCounter } from '../counter.ts';
import type { DoorState } from '../door/door.ts';
import { useNowMs, useWords } from '../useTill.ts';
import { Action } from './Action.tsx';

/** What stands on the screen while there is no way to the service. */
export function Connection({ door }: { door: Exclude<DoorState, { state: 'ready' }> }) {
  const { door: way, now } = useCounter();
  const { t, say } = useWords();
  useNowMs(500);
  if (door.state === 'connecting') {
    return (
      <main className="lone" aria-busy="true">
        <p className="title">{t.connection.connecting}</p>
        <p className="t2">{t.connection.connectingDetail}</p>
      </main>
    );
  }
  if (door.state === 'closed') {
    return (
      <main className="lone">
        <Verdict tone="stop" word={t.connection.closed}>
          {t.connection.closedDetail}
        </Verdict>
      </main>
    );
  }
  const waitMs = door.retryAtMs === null ? null : Math.max(door.retryAtMs - now(), 0);
  return (
    <main className="lone">
      <Verdict tone="warn" word={t.connection.lost} spoken={`${t.connection.lost}. ${t.connection.lostTrying}`}>
        {waitMs === null ? t.connection.lostTrying : say(t.connection.lostDetail, { waitMs })}
      </Verdict>
      <Action kind="primary" keyName="Enter" onPress={way.retryNow}>
        {t.connection.retry}
      </Action>
    </main>
  );
}
