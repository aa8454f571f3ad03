import { attendanceList } from '#backend/attendance/attendance-list.ts';
import { type Database, inTenant, type TenantTransaction } from '#backend/db/tenancy.ts';
import type { Random } from '#backend/random.ts';
import { refusal } from '#backend/refusal.ts';
import { type CountedPage, countedPage, type OfficeList, type PageAsked } from '#backend/reports/office-list.ts';
import { revokeTerminal } from '#backend/terminals/revoke.ts';
import { terminalList } from '#backend/terminals/terminal-list.ts';
import type { CentralError } from '#contract/central/index.ts';
import type { OfficeStaff, ShopRole } from '#contract/central/office-staff.ts';
import type { IdSource } from '#contract/ids/index.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import type { Clock } from '#contract/time/index.ts';
import { apiKeysOf, makeApiKey, revokeApiKey } from './api-keys.ts';
import { mayManage } from './may-manage.ts';
import { hashPassword } from './passwords.ts';
import type { Session } from './sessions.ts';
import type { Person } from './sign-in.ts';
import { addStaff, changeStaff, type StaffChange, setStaffBadge, setStaffPassword, setStaffPin } from './staff.ts';
import { staffList } from './staff-list.ts';

type Answer<T> = Promise<Result<T, CentralError>>;
type StaffAnswer = Answer<{ member: OfficeStaff; pin: string | null }>;

export type ShopParts = { db: Database; clock: Clock; ids: IdSource; random: Random };

const drawnPinDigits = 6;

export type ShopDesk = ReturnType<typeof shopDesk>;

/** The shop's tills, people and keys, as the office asks for them. Every answer is about the session's own tenant. */
export function shopDesk({ db, clock, ids, random }: ShopParts) {
  const look = <T>({ person }: Session, work: (trx: TenantTransaction, person: Person) => Promise<T>): Promise<T> =>
    inTenant(db, person.tenant, (trx) => work(trx, person));
  const run = async <T>(session: Session, work: (trx: TenantTransaction, person: Person) => Answer<T>): Answer<T> =>
    mayManage(session.person.role) ? look(session, work) : err(refusal('NotAllowed'));
  const pageOf = <Raw, Row>(list: OfficeList<Raw, Row>) => {
    return (session: Session, asked: PageAsked): Answer<CountedPage<Row>> =>
      look(session, (trx, { tenant }) => countedPage(trx, list, list.query(tenant, asked), asked));
  };
  /** The hash takes 20 ms of a core: it is made before a row is held. */
  const withPin = async (
    session: Session,
    chosen: string | null,
    work: (trx: TenantTransaction, person: Person, pinHash: string) => Answer<OfficeStaff>,
  ): StaffAnswer => {
    if (!mayManage(session.person.role)) return err(refusal('NotAllowed'));
    const drawn = chosen === null ? drawnPin(random) : null;
    const pinHash = await hashPassword(chosen ?? drawn!);
    const done = await look(session, (trx, person) => work(trx, person, pinHash));
    return done.ok ? ok({ member: done.value, pin: drawn }) : done;
  };
  const member = (done: Result<OfficeStaff, CentralError>): Awaited<StaffAnswer> =>
    done.ok ? ok({ member: done.value, pin: null }) : done;

  return {
    terminals: pageOf(terminalList),
    revokeTerminal: (session: Session, terminal: string) =>
      run(session, (trx, { tenant, code }) =>
        revokeTerminal(trx, { tenant, terminal }, { by: code, nowMs: clock.wallMs() }),
      ),
    staff: pageOf(staffList),
    attendance: pageOf(attendanceList),
    addStaff: (session: Session, asked: { code: string; name: string; role: ShopRole; pin: string | null }) =>
      withPin(session, asked.pin, (trx, person, pinHash) => addStaff(trx, person, { ...asked, pinHash })),
    changeStaff: async (session: Session, code: string, change: StaffChange) =>
      member(await run(session, (trx, person) => changeStaff(trx, person, code, change))),
    setStaffPin: (session: Session, code: string, pin: string | null) =>
      withPin(session, pin, (trx, person, pinHash) => setStaffPin(trx, person, code, pinHash)),
    setStaffBadge: async (session: Session, code: string, badge: string | null) =>
      member(await run(session, (trx, person) => setStaffBadge(trx, person, code, badge))),
    async setStaffPassword(session: Session, code: string, password: string | null): StaffAnswer {
      if (!mayManage(session.person.role)) return err(refusal('NotAllowed'));
      const hash = password === null ? null : await hashPassword(password);
      return member(await look(session, (trx, person) => setStaffPassword(trx, person, code, hash)));
    },
    apiKeys: (session: Session) =>
      run(session, async (trx, { tenant }) => ok({ keys: await apiKeysOf(trx, tenant, clock.wallMs()) })),
    makeApiKey: (session: Session, asked: { name: string; days: number }) =>
      run(session, (trx, person) =>
        makeApiKey(trx, person, asked, { random, keyId: ids.uuid(), nowMs: clock.wallMs() }),
      ),
    revokeApiKey: (session: Session, id: string) =>
      run(session, (trx, { tenant }) => revokeApiKey(trx, tenant, id, clock.wallMs())),
  };
}

/** Six digits, each as likely as the others: numbers that would favour some are drawn again. */
function drawnPin(random: Random): string {
  const range = 10 ** drawnPinDigits;
  const fair = Math.floor(2 ** 32 / range) * range;
  for (;;) {
    const number = random(4).readUInt32BE();
    if (number < fair) return String(number % range).padStart(drawnPinDigits, '0');
  }
}
