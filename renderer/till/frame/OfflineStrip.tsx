import { useState } from 'react';
import { formatInteger } from '#contract/money/index.ts';
import type { Link } from '#contract/till/state.ts';
import { formatMoment } from '#renderer/ui/format.ts';
import { describeError } from '#resources/locales/describe.ts';
import { useCounter } from '../counter.ts';
import { useNowMs, useScreen, useTillView, useWords } from '../useTill.ts';
import { Action } from './Action.tsx';

const refusedLinks = {
  'not-enrolled': 'NotEnrolled',
  quarantined: 'TerminalQuarantined',
  revoked: 'TerminalRevoked',
} as const;

/** Stands above the screen as long as the server cannot be reached, or does not want this till. */
export function OfflineStrip() {
  const link = useTillView((view) => view.state?.link ?? null);
  if (!link || link.state === 'online') return null;
  return link.state === 'offline' ? <Offline link={link} /> : <Refused state={link.state} />;
}

function Refused({ state }: { state: keyof typeof refusedLinks }) {
  const { language } = useWords();
  const { title, state: meaning, remedy } = describeError(language, { type: refusedLinks[state] });
  return (
    <div className="offline stop" role="status">
      <div>
        <b>{title}</b>
        <span className="u">{`${meaning} ${remedy}`}</span>
      </div>
    </div>
  );
}

function Offline({ link }: { link: Link }) {
  const { screen } = useCounter();
  const { t, say, language } = useWords();
  const nowMs = useNowMs();
  const detail = useScreen((state) => state.offlineDetail && state.page === 'sale');
  const { retrying, retry } = useRetry();
  const since = link.offlineSinceMs === null ? null : formatMoment(link.offlineSinceMs, nowMs, language);
  const until = link.offlineUntilMs === null ? null : formatMoment(link.offlineUntilMs, nowMs, language);
  const toggle = () => screen.setState({ page: 'sale', offlineDetail: !detail, tray: false });
  return (
    <div className="offline">
      <div className="said" role="status">
        <span className="n" data-figure="unsent">
          {formatInteger(link.unsent, language)}
        </span>
        <div>
          <b>{say(link.unsent === 0 ? t.offline.nothing : t.offline.kept, { unsent: link.unsent })}</b>
          <span className="u">
            {since ? `${say(t.offline.since, { since })} ` : ''}
            {until ? say(t.offline.until, { until }) : ''}
          </span>
        </div>
      </div>
      <Action kind="small" keyName="R" layer="frame" onPress={retry} disabled={retrying}>
        {retrying ? t.offline.retrying : t.offline.retry}
      </Action>
      <Action kind="small" keyName="E" layer="frame" onPress={toggle}>
        {detail ? t.offline.hide : t.offline.show}
      </Action>
    </div>
  );
}

function useRetry(): { retrying: boolean; retry: () => void } {
  const { client } = useCounter();
  const [retrying, setRetrying] = useState(false);
  const retry = async () => {
    setRetrying(true);
    // A try that fails leaves the strip as it is: that is its answer.
    await client()
      ?.sync.now({ waitMs: 2_000 })
      .catch(() => {});
    setRetrying(false);
  };
  return { retrying, retry: () => void retry() };
}
