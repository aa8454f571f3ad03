import type { InferContractRouterOutputs } from '@orpc/contract';
import type { Result } from '#contract/result/index.ts';
import type { TillError } from '#contract/till/errors.ts';
import type { JournalReport, StatusReport, tillContract } from '#contract/till/index.ts';
import type { TillState } from '#contract/till/state.ts';
import type { AccountParts } from './accounts/parts.ts';
import type { Approve } from './acting.ts';
import type { CardWorkParts } from './cards/parts.ts';
import type { CardWorks } from './cards/works.ts';
import type { CounterDay } from './counter/counter-day.ts';
import type { SignIn } from './counter/sign-in.ts';
import type { SimulatedCounter } from './demo/counter.ts';
import type { Desk } from './devices/desk.ts';
import type { LoyaltyParts } from './loyalty/parts.ts';
import type { Reversals } from './loyalty/reverse.ts';
import type { SaleRuns } from './loyalty/sale-run.ts';
import type { Reprints } from './reprints.ts';
import type { Sync } from './sync/index.ts';

export type DemoInfo = InferContractRouterOutputs<typeof tillContract>['demo']['info'];

export type Enrolled = { terminal: string; tenant: string; roles: string[] };

/** The resident service as its doors see it. Made by `compose.ts`. */
export interface Service {
  readonly loyalty: LoyaltyParts;
  readonly sales: SaleRuns;
  readonly cardWork: CardWorkParts;
  readonly cardWorks: CardWorks;
  readonly accounts: AccountParts;
  readonly reprints: Reprints;
  readonly reversals: Reversals;
  readonly signIn: SignIn;
  readonly approve: Approve;
  readonly day: CounterDay;
  readonly desk: Desk;
  readonly sync: Sync;
  /** The training till beside this one; a training till has none of its own. */
  readonly training: { service(): Promise<Result<Service, TillError>> };
  /** The simulated devices, on a demonstration only. */
  readonly simulated: SimulatedCounter | null;
  /** Calls back whenever `state` may have changed. */
  subscribe(listener: () => void): () => void;
  state(): TillState;
  status(): StatusReport;
  verifyJournal(): Promise<JournalReport>;
  useDevices(devices: 'simulated' | 'real'): Promise<Result<void, TillError>>;
  demoInfo(): Result<DemoInfo, TillError>;
  /** Errors: EnrolmentCodeInvalid, EnrolmentFailed, AlreadyEnrolled. */
  enrol(asked: { centralUrl: string; code: string; name: string }): Promise<Result<Enrolled, TillError>>;
  /** Pulls or plugs the simulated network cable. */
  setLinkCut(cut: boolean): void;
  shiftClock(byMs: number): void;
  close(): Promise<void>;
}
