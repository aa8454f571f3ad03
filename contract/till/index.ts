import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { Uuid } from '#contract/ids/index.ts';
import { accountsContract } from './accounts.ts';
import { attendanceContract } from './attendance.ts';
import { cardsContract } from './cards.ts';
import { dayContract, drawerContract } from './counter.ts';
import { journalExport } from './journal-export.ts';
import { ApprovalAsked, loyaltyContract, refusals } from './loyalty.ts';
import { acts } from './permissions.ts';
import { Lamp, Link, StaffMember, TillState } from './state.ts';

const base = oc.errors(refusals);

const JournalLine = z.object({
  entry: z.string(),
  epoch: z.int(),
  seq: z.int(),
  intention: Uuid,
  kind: z.string(),
  staff: z.string().nullable(),
  wallTime: z.string(),
  hash: z.string(),
  sent: z.boolean(),
  /** The figures a list shows; empty where the kind has none. */
  amountMinor: z.int().nullable(),
  points: z.int().nullable(),
  balance: z.int().nullable(),
  cardNumber: z.string().nullable(),
  detail: z.string().nullable(),
});
export type JournalLine = z.infer<typeof JournalLine>;

export const JournalFault = z.object({ epoch: z.int(), seq: z.int(), what: z.string() });
export type JournalFault = z.infer<typeof JournalFault>;

export const JournalReport = z.object({
  entries: z.int(),
  head: z.object({ epoch: z.int(), seq: z.int(), hash: z.string() }).nullable(),
  faults: z.array(JournalFault),
});
export type JournalReport = z.infer<typeof JournalReport>;

const DeviceKind = z.enum(['printer', 'register', 'reader', 'scanner']);
const Device = z.object({
  device: DeviceKind,
  address: z.string().nullable(),
  profile: z.string().nullable(),
  lamp: Lamp.nullable(),
  found: z.array(z.string()),
});
export type Device = z.infer<typeof Device>;

const StatusReport = z.object({
  link: Link.shape.state,
  unsent: Link.shape.unsent,
  unsentEntries: Link.shape.unsentEntries,
  unsentByKind: Link.shape.unsentByKind,
  oldestUnsentMs: z.number().nullable(),
  offlineSinceMs: z.number().nullable(),
  offlineUntilMs: z.number().nullable(),
  clockOffsetMs: z.number().nullable(),
  devices: z.array(Lamp),
  terminal: z.string().nullable(),
  registerAmount: TillState.shape.registerAmount,
  tapToResultP95Ms: z.number().nullable(),
  versions: z.record(z.string(), z.string()),
});
export type StatusReport = z.infer<typeof StatusReport>;

/** TLS, but on this very machine: the enrolment's answer holds card keys, and the feed the hashes of PINs (T26). */
const CentralUrl = z.url({ protocol: /^https?$/ }).max(300);
const isProtected = (text: string): boolean => {
  const url = URL.parse(text);
  return url?.protocol === 'https:' || ['127.0.0.1', '[::1]', 'localhost'].includes(url?.hostname ?? '');
};

const done = z.object({ done: z.literal(true) });

/** Renderer and command <-> resident service. Both sides are derived from this one map. */
export const tillContract = {
  till: {
    /** The whole state now, then again at each change. */
    watch: base.output(eventIterator(TillState)),
    status: base.output(StatusReport),
    /** Makes this installation a terminal, with a single-use code that the shop's office gave. */
    enrol: base
      .input(
        z.object({
          centralUrl: CentralUrl.refine(isProtected, 'https://, or http:// to this very machine'),
          code: z.string().max(40),
          name: z.string().max(80).default('till'),
        }),
      )
      .output(z.object({ terminal: z.string(), tenant: z.string(), roles: z.array(z.string()) })),
  },
  staff: {
    list: base.output(z.array(StaffMember)),
    /** Opens this connection's session. PIN: 6 digits or more. */
    signIn: base
      .input(z.object({ intention: Uuid, code: z.string().max(32), pin: z.string().max(32) }))
      .output(StaffMember),
    /** The same with the text of a badge, scanned: it says by itself whose it is. Never stored, never logged. */
    signInByBadge: base.input(z.object({ intention: Uuid, badge: z.string().min(4).max(200) })).output(StaffMember),
    signOut: base.output(done),
    /** Ends the session of a till that nobody has touched for a while. The sale in progress stays. */
    lock: base.output(done),
    /** What the person signed in on this connection may do, alone or with an approval. */
    permissions: base.output(z.array(z.object({ act: z.enum(acts), approval: z.boolean() }))),
  },
  loyalty: loyaltyContract,
  cards: cardsContract,
  day: dayContract,
  drawer: drawerContract,
  accounts: accountsContract,
  attendance: attendanceContract,
  journal: {
    /** Newest first, a page at a time. `before` is the position the page before ended at. */
    list: base
      .input(
        z.object({
          before: z.object({ epoch: z.int(), seq: z.int() }).nullable().default(null),
          limit: z.int().min(1).max(500).default(50),
          kinds: z.array(z.string()).max(20).optional(),
        }),
      )
      .output(
        z.object({
          entries: z.array(JournalLine),
          total: z.int(),
          head: z.object({ epoch: z.int(), seq: z.int(), hash: z.string() }).nullable(),
        }),
      ),
    verify: base.output(JournalReport),
    export: journalExport,
  },
  sync: {
    /** Sends what is unsent now; waits at most `waitMs` for the queue to be empty. `sent` and `unsent` are operations, as in `Link`. */
    now: base
      .input(z.object({ waitMs: z.int().min(0).max(300_000).default(0) }))
      .output(z.object({ sent: z.int(), unsent: z.int(), conflicts: z.int() })),
  },
  device: {
    list: base.output(z.array(Device)),
    set: base
      .input(
        z.object({
          device: DeviceKind,
          address: z.string().max(200),
          profile: z.string().max(40).nullable().default(null),
          approval: ApprovalAsked.nullable().default(null),
        }),
      )
      .output(Device),
    test: base.input(z.object({ device: DeviceKind })).output(Device),
    /** Changes the whole counter over to simulated or real devices (demonstration and training only). */
    use: base
      .input(z.object({ devices: z.enum(['simulated', 'real']), approval: ApprovalAsked.nullable().default(null) }))
      .output(done),
  },
  /** Only on a demonstration or training installation. */
  demo: {
    info: base.output(
      z.object({
        staff: z.array(StaffMember.extend({ pin: z.string() })),
        cards: z.array(
          z.object({
            slot: z.int(),
            label: z.object({ fr: z.string(), en: z.string() }),
            cardNumber: z.string().nullable(),
          }),
        ),
        present: z.int().nullable(),
        officeUrl: z.string().nullable(),
        samples: z.object({ stamps: z.array(z.string()), enrolmentCode: z.string().nullable() }),
      }),
    ),
  },
  simulate: {
    card: base
      .input(
        z.discriminatedUnion('action', [
          z.object({ action: z.literal('present'), slot: z.int().min(1).max(20) }),
          z.object({ action: z.literal('remove') }),
          z.object({ action: z.literal('tear'), when: z.enum(['before', 'after']) }),
        ]),
      )
      .output(done),
    printer: base
      .input(z.object({ state: z.enum(['ok', 'paper-out', 'cover-open', 'silent', 'offline']) }))
      .output(done),
    register: base.input(z.object({ amountMinor: z.int(), raw: z.string().max(200).optional() })).output(done),
    link: base.input(z.object({ state: z.enum(['up', 'down']) })).output(done),
    clock: base.input(z.object({ shiftSeconds: z.int().min(-315_360_000).max(315_360_000) })).output(done),
  },
};
export type TillContract = typeof tillContract;
