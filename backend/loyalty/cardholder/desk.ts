import { createHash } from 'node:crypto';
import { keepPin } from '#backend/cards/pins/keep-pin.ts';
import { markKeyBehind } from '#backend/cards/pins/key-behind.ts';
import { type PinHashes, pinHashes } from '#backend/cards/pins/pin-hashes.ts';
import { type Database, enterScope, inScope, type TenantTransaction } from '#backend/db/tenancy.ts';
import { blockCard, lockNetworkCards } from '#backend/loyalty/ledger/hot-list.ts';
import { bucketOf, countAttempt } from '#backend/parties/sign-in.ts';
import type { Random } from '#backend/random.ts';
import { refusal } from '#backend/refusal.ts';
import { Outgoing } from '#backend/terminals/outgoing.ts';
import type { CardholderCard } from '#contract/central/cardholder.ts';
import type { CentralError } from '#contract/central/errors.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import type { Clock } from '#contract/time/index.ts';
import { cardholderCard } from './card-view.ts';
import { type CardOfNetwork, inCard, shopsWithPin } from './check-pin.ts';

type Answer<T> = Promise<Result<T, CentralError>>;
export type CardSession = CardOfNetwork & { tokenHash: string };
type Parts = { db: Database; clock: Clock; random: Random; serverSecret: string };

const sessionMs = 30 * 60_000;
const triesOfCard = 5;
/** A whole family, or a shop's own network, is behind one address. */
const triesOfAddress = 60;
/** Each check takes 19 MiB and 20 ms of a core for each shop that has a PIN of the card. */
const checksAtOnce = 4;

export type CardholderDesk = ReturnType<typeof cardholderDesk>;

/** What a cardholder can ask about their own card (T31). */
export function cardholderDesk({ db, clock, random, serverSecret }: Parts) {
  const pins = pinHashes(serverSecret);
  const throttled = pinChecks(db, clock, pins);
  return {
    /** Refusals: SignInRefused (whatever is wrong), SignInThrottled (with `waitMs`). */
    async signIn({ network, cardNumber, pin }: CardOfNetwork & { pin: string }, address: string) {
      const card = { network, cardNumber };
      const shops = await throttled(card, pin, address);
      if (!shops.ok) return shops;
      const token = random(32).toString('base64url');
      const expiresAtMs = clock.wallMs() + sessionMs;
      await inScope(db, { network }, async (trx) => {
        const old = trx.deleteFrom('card_sessions').where('network_id', '=', network);
        await old.where('card_number', '=', cardNumber).where('expires_at', '<', new Date(clock.wallMs())).execute();
        const row = { network_id: network, card_number: cardNumber, expires_at: new Date(expiresAtMs) };
        await trx
          .insertInto('card_sessions')
          .values({ token_hash: hashOf(token), ...row })
          .execute();
      });
      return ok({ token, expiresAtMs });
    },
    async session(token: string | null): Answer<CardSession> {
      if (token === null) return err(refusal('NotSignedIn'));
      const tokenHash = hashOf(token);
      const row = await inScope(db, { key: tokenHash }, (trx) =>
        trx.selectFrom('card_sessions').selectAll().where('token_hash', '=', tokenHash).executeTakeFirst(),
      );
      if (!row || row.expires_at.getTime() <= clock.wallMs()) return err(refusal('NotSignedIn'));
      return ok({ network: row.network_id, cardNumber: row.card_number, tokenHash });
    },
    async signOut({ network, tokenHash }: CardSession): Promise<void> {
      await inScope(db, { network }, (trx) =>
        trx.deleteFrom('card_sessions').where('token_hash', '=', tokenHash).execute(),
      );
    },
    card: (session: CardSession): Promise<CardholderCard> => inCard(db, session, (trx) => cardholderCard(trx, session)),
    /** Every shop's tills learn it with their next feed, and once: nobody keeps a network busy with one lost card. */
    declareLost: (session: CardSession): Promise<CardholderCard> =>
      inCard(db, session, async (trx) => {
        const before = await cardholderCard(trx, session);
        if (before.status !== 'active') return before;
        await lockNetworkCards(trx, session.network);
        const outgoing = new Outgoing();
        const loss = { cardNumber: session.cardNumber, blocked: true, reason: 'lost', by: null };
        await blockCard(trx, session.network, loss, outgoing);
        const card = await cardholderCard(trx, session);
        await outgoing.publish(trx);
        return card;
      }),
    /**
     * What the server checks is another PIN at once; the card's own key follows at each shop, marked until then. Whoever else is
     * signed in knew the old one, and is signed out. Refusals: PinWrong, SignInThrottled. @returns in how many shops it is another
     */
    async changePin(session: CardSession, { pin, newPin }: { pin: string; newPin: string }, address: string) {
      const shops = await throttled(session, pin, address);
      if (!shops.ok) return shops.error.type === 'SignInRefused' ? err(refusal('PinWrong')) : shops;
      if (pin === newPin) return ok({ shops: 0 });
      const tenants = shops.value.toSorted();
      const hashes = await Promise.all(tenants.map(() => pins.hash(newPin)));
      await inScope(db, { network: session.network }, async (trx) => {
        await endOtherSessions(trx, session);
        const outgoing = new Outgoing();
        for (const [at, tenant] of tenants.entries()) {
          await enterScope(trx, { tenant });
          const card = { tenant, cardNumber: session.cardNumber };
          await keepPin(trx, { ...card, pinHash: hashes[at]!, now: new Date(clock.wallMs()) });
          await markKeyBehind(trx, { ...card, behind: true }, outgoing);
        }
        await outgoing.publish(trx);
      });
      return ok({ shops: tenants.length });
    },
  };
}

const endOtherSessions = (trx: TenantTransaction, { network, cardNumber, tokenHash }: CardSession) =>
  trx
    .deleteFrom('card_sessions')
    .where('network_id', '=', network)
    .where('card_number', '=', cardNumber)
    .where('token_hash', '<>', tokenHash)
    .execute();

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

/** Checks PINs, a few at once, so many a card and an address. Refusals: SignInRefused, SignInThrottled. */
function pinChecks(db: Database, clock: Clock, pins: PinHashes) {
  let checking = 0;
  return async (card: CardOfNetwork, pin: string, address: string): Answer<string[]> => {
    if (checking >= checksAtOnce) return err(refusal('SignInThrottled', { waitMs: 1_000 }));
    checking += 1;
    try {
      const nowMs = clock.wallMs();
      const cardBucket = `c${bucketOf(`${card.network} ${card.cardNumber}`)}`;
      const ofAddress = await countAttempt(db, `a${bucketOf(address)}`, nowMs, triesOfAddress);
      const ofCard = await countAttempt(db, cardBucket, nowMs, triesOfCard);
      const waitMs = Math.max(ofAddress, ofCard);
      if (waitMs > 0) return err(refusal('SignInThrottled', { waitMs }));
      const shops = await shopsWithPin(db, pins, card, pin);
      if (shops.length === 0) return err(refusal('SignInRefused'));
      await db.deleteFrom('sign_in_throttles').where('bucket', '=', cardBucket).execute();
      return ok(shops);
    } finally {
      checking -= 1;
    }
  };
}
