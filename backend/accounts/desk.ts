import { spendCheck } from '#backend/cards/pins/check-spend.ts';
import { pinHashes } from '#backend/cards/pins/pin-hashes.ts';
import { type Database, inTenant } from '#backend/db/tenancy.ts';
import { mayManage } from '#backend/parties/may-manage.ts';
import type { Session } from '#backend/parties/sessions.ts';
import { refusal } from '#backend/refusal.ts';
import { type ListFilter, listPage } from '#backend/reports/office-list.ts';
import { countRows, readPage } from '#backend/reports/page.ts';
import type { KnownTerminal } from '#backend/terminals/authentic.ts';
import type { CentralError } from '#contract/central/index.ts';
import type { OfficeCardAccounts, OfficeHold } from '#contract/central/office-accounts.ts';
import type { CardAccounts } from '#contract/central/till-accounts.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import type { Clock } from '#contract/time/index.ts';
import { accountList } from './account-list.ts';
import { accountsOf, lockAccount } from './account-rows.ts';
import { authorise, type Held, type HoldAsked } from './authorise.ts';
import { type HoldRow, holdQuery, officeHold } from './hold-list.ts';
import { keepInPlace, replacements } from './move-accounts.ts';
import { releaseHold } from './release-hold.ts';

type Answer<T> = Promise<Result<T, CentralError>>;
type PageAsked = Pick<ListFilter, 'search' | 'status'> & { before?: string | undefined; limit: number };
export type AccountsDesk = ReturnType<typeof accountsDesk>;

/** The shop's accounts of its customers' cards, as tills and the office ask for them. */
export function accountsDesk({ db, clock, serverSecret }: { db: Database; clock: Clock; serverSecret: string }) {
  const pins = pinHashes(serverSecret);
  /** A terminal speaks for itself alone, and one whose journal has split moves no money. */
  const forItself = <T>(from: KnownTerminal, terminal: string, work: () => Answer<T>): Answer<T> => {
    if (terminal !== from.terminal) return Promise.resolve(err(refusal('NotFound')));
    return from.state === 'quarantined' ? Promise.resolve(err(refusal('TerminalQuarantined'))) : work();
  };
  return {
    accounts: (from: KnownTerminal, { terminal, cardNumber }: { terminal: string; cardNumber: string }) =>
      forItself(from, terminal, async (): Answer<CardAccounts> => {
        const asked = { cardNumber, intention: '', pin: null };
        const card = await spendCheck({ db, pins }, from, asked);
        if (!card.ok) return card.error.type === 'CardUnknown' ? err(refusal('NotFound')) : card;
        const { status, pin } = card.value;
        return inTenant(db, from.tenant, async (trx) => {
          const { purse, credit } = await accountsOf(trx, from.tenant, cardNumber);
          const replaced = await replacements(trx, from.tenant, [cardNumber]);
          const shop = trx.selectFrom('tenants').select('currency').where('tenant_id', '=', from.tenant);
          return ok({
            cardNumber,
            status,
            replacedBy: replaced.get(cardNumber) ?? null,
            pin: pin === 'not-set' || pin === 'blocked' ? pin : ('set' as const),
            currency: (await shop.executeTakeFirstOrThrow()).currency,
            purse: { balanceMinor: purse.figure, heldMinor: purse.held },
            credit: { owedMinor: credit.figure, heldMinor: credit.held, limitMinor: credit.limit },
          });
        });
      }),
    authorise: (from: KnownTerminal, { terminal, ...asked }: { terminal: string } & HoldAsked): Answer<Held> =>
      forItself(from, terminal, () => authorise({ db, pins, clock }, from, asked)),
    list: ({ person: { tenant } }: Session, { before, limit, ...filter }: PageAsked) =>
      inTenant(db, tenant, async (trx): Answer<{ rows: OfficeCardAccounts[]; next: string | null; count: number }> => {
        const query = accountList.query(tenant, filter);
        if (!query) return err(refusal('InvalidRequest', { what: 'status' }));
        const page = await listPage(trx, accountList, query, { before, limit });
        return page.ok ? ok({ ...page.value, count: await countRows(trx, query) }) : page;
      }),
    holds: ({ person: { tenant } }: Session, { before, limit }: { before?: string | undefined; limit: number }) =>
      inTenant(db, tenant, async (trx): Answer<{ rows: OfficeHold[]; next: string | null; count: number }> => {
        const query = holdQuery(tenant);
        const page = await readPage<HoldRow>(trx, query, { after: before, limit });
        if (!page.ok) return page;
        const rows = page.value.rows.map((row) => officeHold(row, clock.wallMs()));
        return ok({ rows, next: page.value.next, count: await countRows(trx, query) });
      }),
    /** Refusals: NotAllowed, NotFound, HoldInUse. */
    releaseHold: ({ person }: Session, { intention, reason }: { intention: string; reason: string }) =>
      inTenant(db, person.tenant, async (trx): Answer<{ released: true }> => {
        if (!mayManage(person.role)) return err(refusal('NotAllowed'));
        return releaseHold(trx, person.tenant, { intention, reason, by: person.code, nowMs: clock.wallMs() });
      }),
    /** Refusals: NotAllowed, CardReplaced. */
    setCreditLimit: ({ person }: Session, { cardNumber, limitMinor }: { cardNumber: string; limitMinor: number }) =>
      inTenant(db, person.tenant, async (trx): Answer<OfficeCardAccounts> => {
        if (!mayManage(person.role)) return err(refusal('NotAllowed'));
        await keepInPlace(trx, person.tenant, [cardNumber]);
        const by = (await replacements(trx, person.tenant, [cardNumber])).get(cardNumber);
        if (by !== undefined) return err(refusal('CardReplaced', { cardNumber, byCardNumber: by }));
        const now = new Date(clock.wallMs());
        await lockAccount(trx, { tenant: person.tenant, cardNumber, account: 'credit' }, now);
        const own = trx.updateTable('card_accounts').where('tenant_id', '=', person.tenant);
        const credit = own.where('card_number', '=', cardNumber).where('account', '=', 'credit');
        await credit.set({ limit_minor: limitMinor, updated_at: now }).execute();
        const query = accountList.query(person.tenant, { search: cardNumber })!;
        const page = await readPage<Parameters<typeof accountList.row>[0]>(trx, query, { limit: 1 });
        return page.ok ? ok(accountList.row(page.value.rows[0]!)) : page;
      }),
  };
}
