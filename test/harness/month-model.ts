// What a careful shopkeeper would note on paper: sums of what was asked and answered. It calls nothing of the product's reckoning.

export type Line = { count: number; amountMinor: number; points: number };
/** Since the last Z of a till, or of any number of Zs together. */
export type Tally = {
  lines: Map<string, Line>;
  pointsGiven: number;
  pointsTaken: number;
  moneyOffMinor: number;
  floatMinor: number;
  cashInMinor: number;
  cashBackMinor: number;
  putInMinor: number;
  takenOutMinor: number;
  otherMinor: number;
  purseMinor: number;
  creditMinor: number;
  drawer: number;
  openedDay: string | null;
  dates: Map<string, { count: number; amountMinor: number }>;
};

export const nothing = (): Tally => ({
  ...{ lines: new Map(), pointsGiven: 0, pointsTaken: 0, moneyOffMinor: 0, floatMinor: 0, cashInMinor: 0 },
  ...{ cashBackMinor: 0, putInMinor: 0, takenOutMinor: 0, otherMinor: 0, purseMinor: 0, creditMinor: 0, drawer: 0 },
  ...{ openedDay: null, dates: new Map() },
});

/** A spending whose card was pulled and has not been seen since. `took`: the card had done it. */
export type Torn = { till: number; points: number; moneyOffMinor: number; took: boolean };

export type CardNote = {
  cardNumber: string;
  points: number;
  spendMinor: number;
  purseMinor: number;
  owedMinor: number;
  limitMinor: number;
  state: 'in-use' | 'blocked' | 'gone';
  /** Writes that the chip has still to get. */
  pending: { points: number; atMs: number }[];
  torn: Torn | null;
  /** Of the newest record on the chip. */
  lastVisitMs: number;
  /** The day of it that is nearest, `2026-11-24`. */
  birthday: string | null;
  birthdayGiven: boolean;
  /** Kept away from the shop, for its points to expire. */
  sleeps: boolean;
};

export type Purchase = {
  ticketNumber: string;
  intention: string;
  till: number;
  card: CardNote;
  kind: 'sale' | 'spend';
  amountMinor: number;
  /** Without bonuses and without what had expired. */
  ownPoints: number;
  moneyOffMinor: number;
  tender: 'cash' | 'other';
  goneMinor: number;
  gonePoints: number;
};

const dateIn = (wallMs: number, timeZone: string): string => new Date(wallMs).toLocaleDateString('sv-SE', { timeZone });
const weekdayIn = (wallMs: number, timeZone: string): string =>
  new Date(wallMs).toLocaleDateString('en-GB', { timeZone, weekday: 'short' });

/** The same day of the next month, or that month's last. */
function monthLater(day: string): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const lastOfNext = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month, Math.min(date, lastOfNext))).toISOString().slice(0, 10);
}

/** The rules of a version, as the shopkeeper would tell them. */
export type Rules = { perMinor: number; points: number; sundayPercent: number };

export class TillNotes {
  since = nothing();
  readonly zs: { number: number; day: string; tally: Tally }[] = [];
}

export class MonthModel {
  readonly timeZone: string;
  readonly cards: CardNote[] = [];
  readonly purchases: Purchase[] = [];
  readonly tills = [new TillNotes(), new TillNotes()] as const;
  readonly rules = new Map<number, Rules>();
  /** Everything that ever happened, beside the Zs. */
  readonly all = nothing();
  readonly casesExpected: string[] = [];
  /** Cards of which one came after the other: one customer's. */
  readonly sameCustomer: (readonly [from: string, to: string])[] = [];
  /** By kind: what the office lists as transactions. */
  readonly transactions = new Map<string, Line>();

  constructor(timeZone: string) {
    this.timeZone = timeZone;
  }

  dayOf = (wallMs: number): string => dateIn(wallMs, this.timeZone);

  newCard(cardNumber: string, points: number, nowMs: number): CardNote {
    const money = { spendMinor: 0, purseMinor: 0, owedMinor: 0, limitMinor: 0 };
    const state = { state: 'in-use' as const, pending: [], torn: null, lastVisitMs: nowMs };
    const holder = { birthday: null, birthdayGiven: false, sleeps: false };
    const card: CardNote = { cardNumber, points, ...money, ...state, ...holder };
    this.cards.push(card);
    return card;
  }

  earned(version: number, amountMinor: number, excludedMinor: number, nowMs: number): number {
    const { perMinor, points, sundayPercent } = this.rules.get(version)!;
    const usual = Math.floor((amountMinor - excludedMinor) / perMinor) * points;
    return weekdayIn(nowMs, this.timeZone) === 'Sun' ? Math.floor((usual * sundayPercent) / 100) : usual;
  }

  /** Points of a card that nobody has seen for more than a month. */
  expired = ({ points, lastVisitMs }: CardNote, nowMs: number): number =>
    points > 0 && this.dayOf(nowMs) > monthLater(this.dayOf(lastVisitMs)) ? points : 0;

  /** A bonus is given from seven days before the birthday to seven days after it. */
  hasBirthday = ({ birthday }: CardNote, nowMs: number): boolean =>
    birthday !== null && Math.abs(Date.parse(birthday) - Date.parse(this.dayOf(nowMs))) <= 7 * 86_400_000;

  /** Whether one card came after the other, by however many between. */
  isOneCustomer(one: string, other: string): boolean {
    const known = new Set([one]);
    for (const _ of this.sameCustomer) {
      for (const pair of this.sameCustomer)
        if (pair.some((card) => known.has(card))) for (const card of pair) known.add(card);
    }
    return known.has(other);
  }

  /** Notes a line on a till's sheet, and in the book of everything. @param dated it is an operation of that date */
  note(till: number, name: string, line: Partial<Line>, nowMs: number, dated = true): void {
    const { amountMinor = 0, points = 0 } = line;
    for (const tally of [this.tills[till]!.since, this.all]) {
      add(tally.lines, name, { count: 1, amountMinor, points });
      if (dated) this.#date(tally, amountMinor, nowMs);
    }
  }

  /** An operation without a line, as cash put in. */
  date(till: number, nowMs: number): void {
    for (const tally of [this.tills[till]!.since, this.all]) this.#date(tally, 0, nowMs);
  }

  #date(tally: Tally, amountMinor: number, nowMs: number): void {
    const day = this.dayOf(nowMs);
    const { count, amountMinor: before } = tally.dates.get(day) ?? { count: 0, amountMinor: 0 };
    tally.dates.set(day, { count: count + 1, amountMinor: before + amountMinor });
  }

  moved(till: number, points: number): void {
    for (const tally of [this.tills[till]!.since, this.all]) {
      if (points > 0) tally.pointsGiven += points;
      else tally.pointsTaken -= points;
    }
  }

  money(till: number, figures: Partial<Record<Figure, number>>): void {
    for (const tally of [this.tills[till]!.since, this.all]) {
      for (const [figure, amount] of Object.entries(figures) as [Figure, number][]) tally[figure] += amount;
    }
  }

  transaction(kind: string, amountMinor: number, points: number): void {
    add(this.transactions, kind, { count: 1, amountMinor, points });
  }

  expectedCashMinor(till: number): number {
    const { floatMinor, cashInMinor, cashBackMinor, putInMinor, takenOutMinor } = this.tills[till]!.since;
    return floatMinor + cashInMinor - cashBackMinor + putInMinor - takenOutMinor;
  }

  /** A Z is made: the sheet is put away, and a clean one begun. */
  close(till: number, number: number, nowMs: number): { day: string; tally: Tally } {
    const notes = this.tills[till]!;
    const tally = notes.since;
    const busiest = [...tally.dates].sort(([a, { count: n }], [b, { count: m }]) => m - n || (a < b ? 1 : -1))[0];
    const day = tally.openedDay ?? busiest?.[0] ?? this.dayOf(nowMs);
    notes.zs.push({ number, day, tally });
    notes.since = nothing();
    return { day, tally };
  }

  /** The card was laid down and opened at a till: what had still to reach it does. */
  tapped(card: CardNote, till: number, nowMs: number): void {
    const { torn } = card;
    if (torn) {
      if (torn.till === till && !torn.took) {
        this.note(till, 'reversal', { points: torn.points }, nowMs, false);
        this.moved(till, torn.points);
        this.money(till, { moneyOffMinor: -torn.moneyOffMinor });
      }
      if (torn.till === till) card.torn = null;
    }
  }
}

type Figure = {
  [K in keyof Tally]: Tally[K] extends number ? K : never;
}[keyof Tally];

function add(lines: Map<string, Line>, name: string, { count, amountMinor, points }: Line): void {
  const before = lines.get(name) ?? { count: 0, amountMinor: 0, points: 0 };
  lines.set(name, {
    count: before.count + count,
    amountMinor: before.amountMinor + amountMinor,
    points: before.points + points,
  });
}

export const takingsOf = (tally: Tally): number =>
  [...tally.lines.values()].reduce((sum, { amountMinor }) => sum + amountMinor, 0);

export function lateOf(tally: Tally, day: string): { count: number; amountMinor: number } {
  const late = [...tally.dates].filter(([date]) => date < day).map(([, sums]) => sums);
  return {
    count: late.reduce((sum, { count }) => sum + count, 0),
    amountMinor: late.reduce((sum, { amountMinor }) => sum + amountMinor, 0),
  };
}
