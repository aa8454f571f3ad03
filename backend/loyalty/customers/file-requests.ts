import { type Database, inTenant, type TenantTransaction } from '#backend/db/tenancy.ts';
import { mayManage } from '#backend/parties/may-manage.ts';
import type { Session } from '#backend/parties/sessions.ts';
import { refusal } from '#backend/refusal.ts';
import type { FileDesk } from '#backend/reports/file-desk.ts';
import { type CountedPage, countedPage } from '#backend/reports/office-list.ts';
import type { CentralError } from '#contract/central/index.ts';
import type { CustomerFileRequest } from '#contract/central/office-customer-files.ts';
import type { IdSource } from '#contract/ids/index.ts';
import type { Language } from '#contract/money/index.ts';
import type { ExportFormat } from '#contract/reports/columns.ts';
import { err, type Result } from '#contract/result/index.ts';
import type { Clock } from '#contract/time/index.ts';
import { type Asking, decideRequest, keepRequest, requestList, takeRequest } from './file-request-rows.ts';

type Answer<T> = Promise<Result<T, CentralError>>;
type Parts = { db: Database; clock: Clock; ids: IdSource; files: FileDesk };

export type CustomerFiles = ReturnType<typeof customerFiles>;

/** The customers' file, which takes two people (DESIGN.md, section 9: bulk exports). */
export function customerFiles({ db, clock, ids, files }: Parts) {
  const look = <T>({ person }: Session, work: (trx: TenantTransaction, asking: Asking) => Answer<T>): Answer<T> => {
    const asking = { tenant: person.tenant, code: person.code, now: new Date(clock.wallMs()) };
    return inTenant(db, person.tenant, (trx) => work(trx, asking));
  };
  const act = async <T>(session: Session, work: (trx: TenantTransaction, asking: Asking) => Answer<T>): Answer<T> =>
    mayManage(session.person.role) ? look(session, work) : err(refusal('NotAllowed'));
  return {
    list: (session: Session, asked: { before?: string | undefined; limit: number }) =>
      look<CountedPage<CustomerFileRequest>>(session, (trx, asking) => {
        const list = requestList(asking);
        return countedPage(trx, list, list.query(asking.tenant, {}), asked);
      }),
    ask: (session: Session, { format }: { format: ExportFormat }) =>
      act(session, (trx, asking) => keepRequest(trx, asking, { id: ids.uuid(), format })),
    decide: (session: Session, decision: { id: string; approved: boolean }) =>
      act(session, (trx, asking) => decideRequest(trx, asking, decision)),
    async take(session: Session, { id, language }: { id: string; language?: Language | undefined }) {
      const taken = await act(session, (trx, asking) => takeRequest(trx, asking, id));
      if (!taken.ok) return taken;
      const { format, people } = taken.value;
      return {
        ok: true as const,
        value: { people, link: await files.link(session, { list: 'customers', format, language }) },
      };
    },
  };
}
