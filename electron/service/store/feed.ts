import type { z } from 'zod';
import { CardMember, type FeedItem, OpenWrite } from '#contract/central/feed.ts';
import { Programme } from '#contract/loyalty/programme.ts';
import { defaultSettings, ShopSettings } from '#contract/loyalty/shop-settings.ts';
import { ok, type Result } from '#contract/result/index.ts';
import type { Role } from '#contract/till/state.ts';
import { blockedCards, saidUnsent } from './blocked-cards.ts';
import type { StorageError } from './errors.ts';
import type { Writer } from './writer.ts';

/** A member of staff at rest: the hashes of PIN and badge are sealed with this terminal's key before they come here (invariant 20). */
export type StaffRecord = {
  code: string;
  name: string;
  role: Role;
  active: boolean;
  sealedPinHash: Uint8Array;
  /** Null or absent: no badge. */
  sealedBadgeHash?: Uint8Array | null;
};

/** What a till knows of a cardholder. */
const Member = CardMember.omit({ item: true });
export type Member = z.infer<typeof Member>;

export type WriteOutcome = NonNullable<Extract<FeedItem, { item: 'open-write' }>['outcome']>;

/** What changed, as the store takes it. */
export type FeedChange = Exclude<FeedItem, { item: 'staff' }> | ({ item: 'staff' } & StaffRecord);

/** What the server lends this terminal so that it can work alone. */
export interface FeedStore {
  /** Takes a page and its cursor together. A page older than what is held is left aside: the feed never goes back. */
  apply(items: readonly FeedChange[], cursor: number): Result<{ applied: boolean }, StorageError>;
  /** 0 before the first page. */
  cursor(): number;
  /** The programme that sales are made under: the last one received. Null before the first. */
  programme(): Programme | null;
  /** The rules an old entry names. */
  programmeVersion(id: string, version: number): Programme | null;
  /** Active members, by code. */
  staff(): StaffRecord[];
  /** Active or not. */
  staffMember(code: string): StaffRecord | null;
  isBlocked(cardNumber: string): boolean;
  /** The card's own key is that of an earlier PIN: what it says of one is not to be believed. */
  isKeyBehind(cardNumber: string): boolean;
  /** Has another shop something to write on this card? */
  waitsElsewhere(cardNumber: string): boolean;
  /** The card that a card out of use was replaced by; null: it was not, or nobody has said. */
  replacedBy(cardNumber: string): string | null;
  /** How the shop wants its counters; what does for any shop until it has said. */
  settings(): ShopSettings;
  /** Writes that have still to reach a card, of other tills or of the server; oldest intention first. */
  openWrites(cardNumber: string): OpenWrite[];
  /** How another till found a write of this journal that is still open here; null: nobody has said. */
  settledElsewhere(intention: string): WriteOutcome | null;
  /** Null: nobody has said anything of this card's holder. */
  member(cardNumber: string): Member | null;
  /** This till gave the birthday bonus of a year; the feed will say so too, later. */
  birthdayBonusGiven(cardNumber: string, year: number): Result<void, StorageError>;
}

type StaffRow = {
  code: string;
  name: string;
  role: Role;
  active: number;
  sealed_pin_hash: Uint8Array;
  sealed_badge_hash: Uint8Array | null;
};

export function feedStore(writer: Writer): FeedStore {
  const { db } = writer;
  const cursor = db.prepare<[], number>('select cursor from feed').pluck();
  const setCursor = db.prepare<[number]>(
    'insert into feed (id, cursor) values (1, ?) on conflict (id) do update set cursor = excluded.cursor',
  );
  const programmes = db
    .prepare<[], string>('select programme from programmes order by cursor desc, version desc limit 1')
    .pluck();
  const programme = db
    .prepare<[string, number], string>('select programme from programmes where id = ? and version = ?')
    .pluck();
  const allStaff = db.prepare<[], StaffRow>('select * from staff where active = 1 order by code');
  const oneStaff = db.prepare<[string], StaffRow>('select * from staff where code = ?');
  const blocked = db.prepare<[string], number>('select 1 from blocked_cards where card_number = ?').pluck();
  const replacedBy = db
    .prepare<[string], string | null>('select replaced_by from blocked_cards where card_number = ?')
    .pluck();
  const behind = db.prepare<[string], number>('select 1 from keys_behind where card_number = ?').pluck();
  const waiting = db.prepare<[string], number>('select 1 from writes_elsewhere where card_number = ? limit 1').pluck();
  const settings = db.prepare<[], string>("select value from settings where key = 'shop'").pluck();
  const openWrites = db
    .prepare<[string], string>(
      'select write from open_writes where card_number = ? and settled is null order by intention',
    )
    .pluck();
  const settled = db
    .prepare<[string], WriteOutcome>('select settled from open_writes where intention = ? and settled is not null')
    .pluck();
  const member = db.prepare<[string], string>('select member from members where card_number = ?').pluck();
  const giveBonus = db.prepare<[number, string]>(
    // The feed may have said a later year meanwhile.
    `update members set member = json_set(member, '$.birthdayBonusYear', max(?, coalesce(member ->> '$.birthdayBonusYear', 0)))
       where card_number = ?`,
  );
  const applyItem = itemWriter(writer);
  return {
    apply: (items, at) =>
      writer.transact<{ applied: boolean }, never>(() => {
        if (at < (cursor.get() ?? 0)) return ok({ applied: false });
        for (const item of items) applyItem(item, at);
        setCursor.run(at);
        return ok({ applied: true });
      }),
    cursor: () => cursor.get() ?? 0,
    programme: () => parsed(programmes.get()),
    programmeVersion: (id, version) => parsed(programme.get(id, version)),
    staff: () => allStaff.all().map(staffOf),
    staffMember(code) {
      const row = oneStaff.get(code);
      return row ? staffOf(row) : null;
    },
    isBlocked: (cardNumber) => blocked.get(cardNumber) === 1,
    isKeyBehind: (cardNumber) => behind.get(cardNumber) === 1,
    waitsElsewhere: (cardNumber) => waiting.get(cardNumber) === 1,
    replacedBy: (cardNumber) => replacedBy.get(cardNumber) ?? null,
    settings() {
      const text = settings.get();
      return text === undefined ? defaultSettings : ShopSettings.parse(JSON.parse(text));
    },
    settledElsewhere: (intention) => settled.get(intention) ?? null,
    openWrites: (cardNumber) => openWrites.all(cardNumber).map((text) => OpenWrite.parse(JSON.parse(text))),
    member(cardNumber) {
      const text = member.get(cardNumber);
      return text === undefined ? null : Member.parse(JSON.parse(text));
    },
    birthdayBonusGiven: (cardNumber, year) => writer.transact(() => ok(void giveBonus.run(year, cardNumber))),
  };
}

const parsed = (text: string | undefined): Programme | null =>
  text === undefined ? null : Programme.parse(JSON.parse(text));

const staffOf = ({ code, name, role, active, sealed_pin_hash, sealed_badge_hash }: StaffRow): StaffRecord => ({
  code,
  name,
  role,
  active: active === 1,
  sealedPinHash: new Uint8Array(sealed_pin_hash),
  sealedBadgeHash: sealed_badge_hash && new Uint8Array(sealed_badge_hash),
});

function itemWriter(writer: Writer): (item: FeedChange, cursor: number) => void {
  const { db } = writer;
  const putProgramme = db.prepare<[string, number, number, string]>(`
    insert into programmes (id, version, cursor, programme) values (?, ?, ?, ?)
    on conflict (id, version) do update set cursor = excluded.cursor, programme = excluded.programme`);
  const putStaff = db.prepare<[string, string, string, number, Uint8Array, Uint8Array | null]>(`
    insert into staff (code, name, role, active, sealed_pin_hash, sealed_badge_hash) values (?, ?, ?, ?, ?, ?)
    on conflict (code) do update set name = excluded.name, role = excluded.role, active = excluded.active,
      sealed_pin_hash = excluded.sealed_pin_hash, sealed_badge_hash = excluded.sealed_badge_hash`);
  const putBlocked = blockedCards(db, 'server');
  const hasSaid = saidUnsent(db);
  const setBehind = db.prepare<[string]>('insert into keys_behind (card_number) values (?) on conflict do nothing');
  const setUpToDate = db.prepare<[string]>('delete from keys_behind where card_number = ?');
  const putWaiting = db.prepare<[string, string]>(
    'insert into writes_elsewhere (intention, card_number) values (?, ?) on conflict do nothing',
  );
  const dropWaiting = db.prepare<[string]>('delete from writes_elsewhere where intention = ?');
  const putSettings = db.prepare<[string]>(
    "insert into settings (key, value) values ('shop', ?) on conflict (key) do update set value = excluded.value",
  );
  const keepWrite = writeKeeper(writer);
  const putMember = db.prepare<[string, string]>(`
    insert into members (card_number, member) values (?, ?)
    on conflict (card_number) do update set member = excluded.member`);
  return (change, cursor) => {
    switch (change.item) {
      case 'programme': {
        const { id, version } = change.programme;
        putProgramme.run(id, version, cursor, JSON.stringify(change.programme));
        break;
      }
      case 'staff':
        putStaff.run(
          change.code,
          change.name,
          change.role,
          change.active ? 1 : 0,
          change.sealedPinHash,
          change.sealedBadgeHash ?? null,
        );
        break;
      case 'settings':
        putSettings.run(JSON.stringify(change.settings));
        break;
      case 'blocked-card':
        if (!hasSaid(change.cardNumber)) putBlocked(change.cardNumber, change.blocked, change.replacedBy ?? null);
        break;
      case 'key-behind':
        (change.behind ? setBehind : setUpToDate).run(change.cardNumber);
        break;
      case 'card-waits':
        if (change.waits) putWaiting.run(change.intention, change.cardNumber);
        else dropWaiting.run(change.intention);
        break;
      case 'open-write':
        keepWrite(change);
        break;
      case 'member': {
        const { item: _, ...member } = change;
        putMember.run(change.cardNumber, JSON.stringify(member));
      }
    }
  };
}

type OpenWriteItem = Extract<FeedItem, { item: 'open-write' }>;

/** Keeps what is open, drops what is settled; of a write of this journal that is still open here, how it was settled elsewhere. */
function writeKeeper({ db }: Writer): (item: OpenWriteItem) => void {
  const put = db.prepare<[string, string, string, WriteOutcome | null]>(`
    insert into open_writes (intention, card_number, write, settled) values (?, ?, ?, ?)
    on conflict (intention) do update set card_number = excluded.card_number, write = excluded.write, settled = excluded.settled`);
  const drop = db.prepare<[string]>('delete from open_writes where intention = ?');
  const isDone = db
    .prepare<[string], number>(
      `select 1 from journal where intention = ? and acts = 0 and kind = 'card.outcome'
         and json_extract(entry, '$.body.outcome') in ('applied', 'not-applied') limit 1`,
    )
    .pluck();
  const isOpenHere = db
    .prepare<[string], number>(
      `select 1 from operations where position = (select position from journal where intention = ? and acts = 1)
         and (card_outcome is null or card_outcome = 'unknown')`,
    )
    .pluck();
  return ({ write, settled, outcome }) => {
    const { intention, cardNumber } = write;
    // The feed may be behind what this till has done about it; a case that a person opens again is another matter.
    const open = !settled && isDone.get(intention) !== 1;
    const foundElsewhere = settled && outcome !== undefined && isOpenHere.get(intention) === 1;
    if (open || foundElsewhere) put.run(intention, cardNumber, JSON.stringify(write), outcome ?? null);
    else drop.run(intention);
  };
}
