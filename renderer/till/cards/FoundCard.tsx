import { formatInteger } from '#contract/money/index.ts';
import type { TillError } from '#contract/till/errors.ts';
import { formatMoment } from '#renderer/ui/format.ts';
import { Verdict } from '#renderer/ui/Verdict.tsx';
import { describeError } from '#resources/locales/describe.ts';
import type { TillClient } from '../door/client.ts';
import { Action } from '../frame/Action.tsx';
import { useNowMs, useWords } from '../useTill.ts';
import { LedgerHistory } from './LedgerHistory.tsx';

export type Found = Awaited<ReturnType<TillClient['cards']['find']>>;

type Props = {
  found: Found;
  /** What was just done to it; null: nothing yet. */
  blockedNow: boolean | null;
  error: TillError | null;
  onBlock: (reason: 'lost' | 'stolen' | 'found') => void;
  onEnd: () => void;
};

/** What is known of a card that is not there. */
export function FoundCard({ found, blockedNow, error, onBlock, onEnd }: Props) {
  const { t, say, language } = useWords();
  const { cardNumber } = found;
  const status = found.blocked ? 'blocked' : (found.ledger?.status ?? 'active');
  return (
    <>
      <section className="eye res">
        <Notice found={found} blockedNow={blockedNow} error={error} />
        <div className="panel bal">
          <div className="holder">
            <b>{say(t.result.card, { cardNumber })}</b>
            <span className={status === 'active' ? 't2' : 'tag warn'} data-status={status}>
              {t.cards[status]}
            </span>
          </div>
          <HotListAge atMs={found.hotListAtMs} />
          {found.ledger && found.ledger.balance !== null ? (
            <>
              <p className="big">
                <span className="num" data-size="few">
                  <span data-figure="balance">{formatInteger(found.ledger.balance, language)}</span>
                  <small>{t.result.points}</small>
                </span>
              </p>
              {found.ledger.holder ? <p>{`${t.cards.holder} : ${found.ledger.holder}`}</p> : null}
              <LedgerHistory ledger={found.ledger} />
            </>
          ) : (
            <p className="label">{found.ledger ? t.card.notYet : t.cards.noLedger}</p>
          )}
        </div>
      </section>
      <section className="hand">
        <div className="push" />
        {status === 'blocked' ? (
          <Action keyName="B" onPress={() => onBlock('found')}>
            {t.cards.unblockCard}
          </Action>
        ) : null}
        {status === 'active' ? (
          <>
            <Action keyName={t.cards.blockLostKey} onPress={() => onBlock('lost')}>
              {say(t.cards.block, { reason: t.cards.blockLost })}
            </Action>
            <Action keyName={t.cards.blockStolenKey} onPress={() => onBlock('stolen')}>
              {say(t.cards.block, { reason: t.cards.blockStolen })}
            </Action>
          </>
        ) : null}
        <Action kind="primary" keyName="Enter" onPress={onEnd}>
          {t.cards.finish}
        </Action>
      </section>
    </>
  );
}

function HotListAge({ atMs }: { atMs: number | null }) {
  const { t, say, language } = useWords();
  const nowMs = useNowMs();
  const words =
    atMs === null ? t.cards.hotListNever : say(t.cards.hotListAge, { time: formatMoment(atMs, nowMs, language) });
  return <p className="label">{words}</p>;
}

function Notice({ found: { cardNumber, ledger }, blockedNow, error }: Pick<Props, 'found' | 'blockedNow' | 'error'>) {
  const { t, say, language } = useWords();
  if (error) {
    const { title, state, remedy } = describeError(language, error);
    return (
      <Verdict tone="stop" word={title}>
        {`${state} ${remedy}`}
      </Verdict>
    );
  }
  if (blockedNow === null) return null;
  return (
    <Verdict tone="go" word={say(blockedNow ? t.cards.blockedDone : t.cards.unblockedDone, { cardNumber })}>
      {t.cards[reachOf(blockedNow, ledger)]}
    </Verdict>
  );
}

/** How far it goes. A server that did not answer has not said whether the whole network takes this shop's word. */
function reachOf(blocked: boolean, ledger: Found['ledger']) {
  if (ledger === null) return blocked ? 'blockUnsent' : 'unblockUnsent';
  const { block = true, unblock = true } = ledger.networkWide ?? {};
  if (blocked) return block ? 'blockedDetail' : 'blockWaits';
  return unblock ? 'unblockedDetail' : 'unblockWaits';
}
