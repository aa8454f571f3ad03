import { type Database, inTenant } from '#backend/db/tenancy.ts';
import type { Seal } from '#backend/pki/sealing.ts';
import { refusal } from '#backend/refusal.ts';
import type { KnownTerminal } from '#backend/terminals/authentic.ts';
import type { CentralError } from '#contract/central/index.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import type { CardLedger } from '#contract/till/loyalty.ts';
import { customerOf } from '../customers/customer-rows.ts';
import { openPerson } from '../customers/person.ts';
import { cardFacts } from './card-facts.ts';
import { type CentralOperation, findOperation } from './found-operation.ts';
import { historyOf } from './operation-list.ts';

type Answer<T> = Promise<Result<T, CentralError>>;
const historyLength = 50;
const notFound = err(refusal('NotFound'));

/** What a till asks of the ledger. A terminal asks for itself alone. */
export type TillCards = {
  show(
    from: KnownTerminal,
    ask: { terminal: string; cardNumber: string },
  ): Answer<{ cardNumber: string; ledger: CardLedger }>;
  operation(from: KnownTerminal, ask: { terminal: string; key: string }): Answer<CentralOperation>;
};

export function tillCards({ db, seal }: { db: Database; seal: Seal }): TillCards {
  return {
    async show({ terminal: itself, tenant }, { terminal, cardNumber }) {
      if (terminal !== itself) return notFound;
      return inTenant(db, tenant, async (trx) => {
        const facts = await cardFacts(trx, tenant, cardNumber);
        if (!facts) return notFound;
        const { totalSpendMinor, status, pin, pendingPoints, counter: cardCounter, networkWide } = facts;
        const balance = facts.known ? facts.balance : null;
        const row = await customerOf(trx, tenant, cardNumber);
        const name = row ? openPerson(seal, row)?.name : null;
        const history = await historyOf(trx, tenant, cardNumber, historyLength);
        const holder = name?.split(/\s+/)[0] ?? null;
        const ledger = {
          balance,
          totalSpendMinor,
          status,
          pin,
          pendingPoints,
          cardCounter,
          networkWide,
          holder,
          history,
        };
        return ok({ cardNumber, ledger });
      });
    },
    async operation({ terminal: itself, tenant }, { terminal, key }) {
      if (terminal !== itself) return notFound;
      const found = await inTenant(db, tenant, (trx) => findOperation(trx, tenant, key));
      return found ? ok(found) : notFound;
    },
  };
}
