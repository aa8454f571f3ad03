import { type Database, inTenant, type TenantTransaction } from '#backend/db/tenancy.ts';
import { mayManage } from '#backend/parties/may-manage.ts';
import type { Session } from '#backend/parties/sessions.ts';
import type { Person } from '#backend/parties/sign-in.ts';
import { refusal } from '#backend/refusal.ts';
import type { CentralError } from '#contract/central/errors.ts';
import type { PublishedVersion, SamplePurchase } from '#contract/central/office-programme.ts';
import { checkProgramme, type Programme, programmeFromFile } from '#contract/loyalty/programme.ts';
import type { ShopSettings } from '#contract/loyalty/shop-settings.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import type { Clock } from '#contract/time/index.ts';
import { discardDraft, draftOf, saveDraft } from './drafts.ts';
import { contradictory, publishProgramme } from './publish.ts';
import { saveSettings, settingsOf } from './settings.ts';
import { tryOut } from './try-out.ts';
import { oneVersion, programmeInForce, publishedVersions } from './versions.ts';

type Rules = { programme: Programme; basedOn: number };

export type ProgrammeDesk = ReturnType<typeof programmeDesk>;

/** What the office asks about the shop's rules. Every answer is about the session's own tenant. */
export function programmeDesk({ db, clock }: { db: Database; clock: Clock }) {
  const look = <T>({ person }: Session, work: (trx: TenantTransaction, person: Person) => Promise<T>): Promise<T> =>
    inTenant(db, person.tenant, (trx) => work(trx, person));
  const write = async <T>(
    session: Session,
    work: (trx: TenantTransaction, person: Person) => Promise<Result<T, CentralError>>,
  ): Promise<Result<T, CentralError>> =>
    mayManage(session.person.role) ? look(session, work) : err(refusal('NotAllowed'));

  return {
    show: (session: Session) =>
      look(session, async (trx, { tenant, role }) => {
        const { current, shop, timeZone } = await programmeInForce(trx, tenant);
        const draft = await draftOf(trx, tenant, shop);
        return { current, draft, timeZone, mayWrite: mayManage(role), ...(await publishedVersions(trx, tenant, null)) };
      }),
    versions: (session: Session, before: number) =>
      look(session, (trx, { tenant }) => publishedVersions(trx, tenant, before)),
    version: (
      session: Session,
      version: number,
    ): Promise<Result<PublishedVersion & { programme: Programme }, CentralError>> =>
      look(session, async (trx, { tenant }) => {
        const found = await oneVersion(trx, tenant, version);
        return found ? ok(found) : err(refusal('NotFound'));
      }),
    tryOut: (session: Session, { programme, purchases }: { programme: Programme; purchases: SamplePurchase[] }) =>
      look(session, async (trx, { tenant }) => {
        const { current, shop, timeZone } = await programmeInForce(trx, tenant);
        return {
          current: tryOut(current, purchases, timeZone),
          draft: tryOut(programme, purchases, timeZone),
          contradictions: checkProgramme(programme, shop),
        };
      }),
    saveDraft: (session: Session, { programme, basedOn }: Rules) =>
      write(session, async (trx, by) => {
        const { shop } = await programmeInForce(trx, by.tenant);
        return ok(await saveDraft(trx, by.tenant, shop, { programme, basedOn, by, atMs: clock.wallMs() }));
      }),
    discardDraft: (session: Session) =>
      write(session, async (trx, { tenant }) => {
        await discardDraft(trx, tenant);
        return ok({ done: true as const });
      }),
    publish: (session: Session, rules: Rules) =>
      write(session, (trx, { tenant, code }) =>
        publishProgramme(trx, tenant, { ...rules, by: code, atMs: clock.wallMs() }),
      ),
    importFile: (session: Session, text: string) =>
      write(session, async (trx, by) => {
        const { current, shop } = await programmeInForce(trx, by.tenant);
        const read = programmeFromFile(text, shop, current.version);
        if (!read.ok) return err(contradictory(read.error));
        const draft = { programme: read.value, basedOn: current.version, by, atMs: clock.wallMs() };
        return ok(await saveDraft(trx, by.tenant, shop, draft));
      }),
    settings: (session: Session) =>
      look(session, async (trx, { tenant, role }) => ({
        ...(await settingsOf(trx, tenant)),
        mayWrite: mayManage(role),
      })),
    saveSettings: (session: Session, change: { settings: ShopSettings; basedOn: number }) =>
      write(session, (trx, { tenant, code }) =>
        saveSettings(trx, tenant, { ...change, by: code, atMs: clock.wallMs() }),
      ),
  };
}
