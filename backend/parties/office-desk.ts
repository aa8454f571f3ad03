import { type Database, inTenant } from '#backend/db/tenancy.ts';
import type { Bus } from '#backend/live/bus.ts';
import type { LiveQueue } from '#backend/live/queue.ts';
import { type LiveTransactions, liveTransactions } from '#backend/loyalty/live.ts';
import type { Filter } from '#backend/loyalty/transaction-filter.ts';
import { type Listing, listTransactions } from '#backend/loyalty/transactions.ts';
import type { Random } from '#backend/random.ts';
import { refusal } from '#backend/refusal.ts';
import type { CentralError, OfficeTransaction } from '#contract/central/index.ts';
import type { CurrencyCode } from '#contract/money/index.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import type { Role } from '#contract/till/state.ts';
import type { Clock } from '#contract/time/index.ts';
import { keyPrefix, keySession } from './api-keys.ts';
import { makeEnrolmentCode } from './enrolment-codes.ts';
import { mayManage } from './may-manage.ts';
import { endSession, openSession, type Session, sessionOf } from './sessions.ts';
import { signInChecker } from './sign-in.ts';

type Answer<T> = Promise<Result<T, CentralError>>;
type SignedIn = {
  token: string;
  expiresAtMs: number;
  name: string;
  role: Role;
  tenantName: string;
  currency: CurrencyCode;
};
type Page = Filter & { before?: string | undefined; limit: number };

/** All that the back office can ask of the server. Every answer is about the session's own tenant. */
export type OfficeDesk = {
  session(token: string | null): Answer<Session>;
  /** Who reads the shop's operations: a person, or one of the shop's programs with a read-only key (T30). */
  reader(token: string | null): Answer<Session>;
  signIn(credentials: { code: string; password: string }): Answer<SignedIn>;
  signOut(session: Session): Promise<void>;
  transactions(session: Session, page: Page): Answer<Listing>;
  live(session: Session): Result<LiveQueue<OfficeTransaction>, CentralError>;
  enrolmentCode(session: Session, ask: { label: string }): Answer<{ code: string; expiresAtMs: number }>;
};

export type OfficeParts = {
  db: Database;
  bus: Bus;
  clock: Clock;
  random: Random;
  serverSecret: string;
  onError: (cause: unknown) => void;
};

const mayRead: readonly Role[] = ['manager', 'network-admin', 'auditor'];

export function officeDesk({ db, bus, clock, random, serverSecret, onError }: OfficeParts): OfficeDesk {
  const checkSignIn = signInChecker(db);
  const live: LiveTransactions = liveTransactions(db, bus, clock, onError);
  const session = async (token: string | null): Answer<Session> => {
    const session = token === null ? null : await sessionOf(db, token, clock.wallMs());
    if (!session) return err(refusal('NotSignedIn'));
    return mayRead.includes(session.person.role) ? ok(session) : err(refusal('NotAllowed'));
  };
  return {
    session,
    reader: (token) => (token?.startsWith(keyPrefix) ? keySession(db, token, clock.wallMs()) : session(token)),
    async signIn({ code, password }) {
      const person = await checkSignIn(code, password, clock.wallMs());
      if (!person.ok) return person;
      const { tenant, name, role } = person.value;
      if (!mayRead.includes(role)) return err(refusal('NotAllowed'));
      const shop = await inTenant(db, tenant, (trx) =>
        trx
          .selectFrom('tenants')
          .select(['name', 'currency'])
          .where('tenant_id', '=', tenant)
          .executeTakeFirstOrThrow(),
      );
      const session = await openSession(db, person.value, random, clock.wallMs());
      return ok({ ...session, name, role, tenantName: shop.name, currency: shop.currency });
    },
    signOut: (session) => endSession(db, session),
    transactions: ({ person }, page) =>
      inTenant(db, person.tenant, (trx) => listTransactions(trx, person.tenant, page)),
    live: (session) => live.watch(session),
    async enrolmentCode({ person }, { label }) {
      if (!mayManage(person.role)) return err(refusal('NotAllowed'));
      const parts = { serverSecret, random, nowMs: clock.wallMs() };
      const wanted = { tenant: person.tenant, label, trades: ['loyalty' as const] };
      return ok(await inTenant(db, person.tenant, (trx) => makeEnrolmentCode(trx, wanted, parts)));
    },
  };
}
