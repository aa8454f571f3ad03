import type { CentralError } from '#contract/central/index.ts';
import type { Link } from '#contract/till/state.ts';
import type { SyncFailure } from './session.ts';

/** What a failure means for the link, and how soon it is worth asking again. */
export interface Verdict {
  link: Link['state'];
  /**
   * `probe`: nobody is there, asking again costs nobody anything. `ill`: somebody is there and unwell.
   * `blocked`: a person has to act first.
   */
  pace: 'probe' | 'ill' | 'blocked';
  /** Worth telling a person, who can do something about it. */
  alarm: boolean;
  /** The server and the terminal disagree on an entry. */
  conflict: boolean;
}

const probe: Verdict = { link: 'offline', pace: 'probe', alarm: false, conflict: false };
const ill: Verdict = { link: 'offline', pace: 'ill', alarm: true, conflict: false };
const blocked: Verdict = { link: 'quarantined', pace: 'blocked', alarm: true, conflict: false };
const conflict: Verdict = { ...blocked, conflict: true };

/** What is not named here is a fault of ours or of the moment, and ill. */
const refusals: Partial<Record<CentralError['type'], Verdict>> = {
  TerminalRevoked: { ...blocked, link: 'revoked' },
  TerminalUnknown: { ...blocked, link: 'not-enrolled' },
  TerminalQuarantined: blocked,
  ChainForked: conflict,
  ChainBroken: conflict,
  EntryInvalid: conflict,
  IntentionReused: conflict,
  TooManyRequests: { ...ill, alarm: false },
  RequestReplayed: { ...ill, alarm: false },
};

/** The server is there and its tail is not what it was: the link is up, and a person must know. */
const headFault: Verdict = { link: 'online', pace: 'ill', alarm: true, conflict: true };
/** 502, 503, 504: a balancer with no server behind it. */
const nobodyBehind = [502, 503, 504];

/** One table from failure to consequence. */
export function verdictOf(failure: SyncFailure): Verdict {
  switch (failure.type) {
    case 'CentralUnreachable':
      if (failure.status === null || nobodyBehind.includes(failure.status)) return probe;
      return { ...ill, alarm: false };
    case 'CentralRefused':
      return refusals[failure.refusal.type] ?? ill;
    case 'CentralAnswerInvalid':
      return ill;
    case 'CentralHeadForged':
    case 'CentralHeadWentBack':
    case 'CentralHeadUnknown':
    case 'CentralHeadForked':
      return headFault;
    case 'FeedInvalid':
    case 'StoreRefused':
      return { link: 'online', pace: 'ill', alarm: true, conflict: false };
  }
}
