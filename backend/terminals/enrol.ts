import type { Selectable } from 'kysely';
import type { EnrolmentCodes, Tenants, Terminals } from '#backend/db/tables.ts';
import { type Database, enterScope, inScope, type TenantTransaction } from '#backend/db/tenancy.ts';
import { shopCardKeys } from '#backend/loyalty/card-keys.ts';
import { codeHash } from '#backend/parties/enrolment-codes.ts';
import type { Seal } from '#backend/pki/sealing.ts';
import type { ServerKey } from '#backend/pki/server-key.ts';
import { readPublicKey } from '#backend/pki/terminal-key.ts';
import { refusal } from '#backend/refusal.ts';
import type { CentralError, Enrolment } from '#contract/central/index.ts';
import type { IdSource } from '#contract/ids/index.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import type { Clock } from '#contract/time/index.ts';
import { ticketCertificate } from './ticket-certificate.ts';

export type EnrolParts = {
  db: Database;
  clock: Clock;
  ids: IdSource;
  seal: Seal;
  serverKey: ServerKey;
  serverSecret: string;
};
export type EnrolRequest = { code: string; publicKey: string; name: string };

/** What purpose a network's card secret is sealed for. */
export const cardSecretPurpose = (networkId: number): string => `card secret of network ${networkId}`;
/** How long a till may go on without the server: a long weekend and two days. */
export const offlineAllowanceMs = 5 * 24 * 3_600_000;

/**
 * Makes an installation a terminal of the tenant that the code was made for. The code works once: the same installation (its
 * public key) asking again gets the same answer, so that a lost answer does not strand it; anyone else is refused.
 * Refusals: EnrolmentCodeInvalid (wrong, used and expired alike), InvalidRequest (not a P-256 key).
 */
export async function enrol(parts: EnrolParts, request: EnrolRequest): Promise<Result<Enrolment, CentralError>> {
  if (!readPublicKey(request.publicKey)) return err(refusal('InvalidRequest', { what: 'publicKey' }));
  const hash = codeHash(parts.serverSecret, request.code);
  return inScope(parts.db, { key: hash }, async (trx) => {
    const code = await trx
      .selectFrom('enrolment_codes')
      .selectAll()
      .where('code_hash', '=', hash)
      .forUpdate()
      .executeTakeFirst();
    if (!code || code.expires_at.getTime() < parts.clock.wallMs()) return err(refusal('EnrolmentCodeInvalid'));
    await enterScope(trx, { tenant: code.tenant_id });
    const terminal =
      code.used_by === null ? await register(trx, parts, code, request) : await again(trx, code, request);
    return terminal
      ? ok(await describe(trx, parts, terminal, request.publicKey))
      : err(refusal('EnrolmentCodeInvalid'));
  });
}

type Terminal = Selectable<Terminals>;

async function register(
  trx: TenantTransaction,
  { ids, clock }: EnrolParts,
  code: Selectable<EnrolmentCodes>,
  { publicKey, name }: EnrolRequest,
): Promise<Terminal> {
  const [tenant_id, terminal_id] = [code.tenant_id, ids.uuid()];
  // The tenant's row is held so that two tills enrolled at once get two prefixes.
  await trx.selectFrom('tenants').select('tenant_id').where('tenant_id', '=', tenant_id).forUpdate().execute();
  const { count } = await trx
    .selectFrom('terminals')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('tenant_id', '=', tenant_id)
    .executeTakeFirstOrThrow();
  const row = { tenant_id, terminal_id, label: code.label, machine: name, ticket_prefix: String(count + 1) };
  await trx.insertInto('terminal_keys').values({ terminal_id, tenant_id, public_key: publicKey }).execute();
  const terminal = await trx
    .insertInto('terminals')
    .values({ ...row, trades: code.trades, enrolled_at: new Date(clock.wallMs()) })
    .returningAll()
    .executeTakeFirstOrThrow();
  await trx
    .updateTable('enrolment_codes')
    .set({ used_by: terminal_id })
    .where('code_hash', '=', code.code_hash)
    .execute();
  return terminal;
}

async function again(
  trx: TenantTransaction,
  code: Selectable<EnrolmentCodes>,
  { publicKey }: EnrolRequest,
): Promise<Terminal | undefined> {
  return trx
    .selectFrom('terminals')
    .innerJoin('terminal_keys', 'terminal_keys.terminal_id', 'terminals.terminal_id')
    .selectAll('terminals')
    .where('terminals.tenant_id', '=', code.tenant_id)
    .where('terminals.terminal_id', '=', code.used_by)
    .where('terminal_keys.public_key', '=', publicKey)
    .executeTakeFirst();
}

async function describe(
  trx: TenantTransaction,
  { seal, serverKey, clock }: EnrolParts,
  terminal: Terminal,
  publicKey: string,
): Promise<Enrolment> {
  const shop: Selectable<Tenants> = await trx
    .selectFrom('tenants')
    .selectAll()
    .where('tenant_id', '=', terminal.tenant_id)
    .executeTakeFirstOrThrow();
  await enterScope(trx, { network: shop.network_id });
  const network = await trx
    .selectFrom('networks')
    .selectAll()
    .where('network_id', '=', shop.network_id)
    .executeTakeFirstOrThrow();
  const secret = seal.open(cardSecretPurpose(network.network_id), network.card_secret);
  const [, readWrite, spend, read] = shopCardKeys(secret, shop.number);
  return {
    terminal: terminal.terminal_id,
    tenant: terminal.tenant_id,
    roles: terminal.trades,
    label: terminal.label,
    ticketPrefix: terminal.ticket_prefix,
    shop: { id: shop.tenant_id, number: shop.number, name: shop.name, address: shop.address },
    network: { id: network.network_id, name: network.name },
    currency: shop.currency,
    ticketLanguage: shop.ticket_language,
    cardKeys: { readWrite, read, spend },
    serverPublicKey: serverKey.publicKey,
    offlineAllowanceMs,
    ticketCertificate: ticketCertificate(
      serverKey,
      { terminal: terminal.terminal_id, publicKey },
      shop,
      clock.wallMs(),
    ),
  };
}
