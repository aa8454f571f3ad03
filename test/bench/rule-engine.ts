import { type Programme, type Purchase, purchasePoints } from '#contract/loyalty/programme.ts';
import { type Bench, row } from './row.ts';

/** Every rule there is, so that none is passed over. */
const programme: Programme = {
  id: 'bench',
  version: 1,
  name: 'Every rule',
  currency: 'XOF',
  earn: {
    points: 1,
    perAmountMinor: 100,
    minimumAmountMinor: 500,
    steps: [
      { fromAmountMinor: 10_000, points: 3, perAmountMinor: 200 },
      { fromAmountMinor: 50_000, points: 2, perAmountMinor: 100 },
    ],
    multipliers: [
      { weekdays: [1, 2, 3, 4, 5], fromMinute: 840, toMinute: 960, percent: 150 },
      { weekdays: [6, 7], fromMinute: 0, toMinute: 1440, percent: 200, from: '2026-06-01', to: '2026-09-30' },
    ],
  },
  gifts: [],
  dates: { from: '2024-01-01', to: '2030-12-31' },
  welcomePoints: 50,
  birthday: { points: 100, daysBefore: 7, daysAfter: 7 },
  expiryMonths: 24,
  timeZone: 'Europe/Paris',
};

const purchaseCount = 200_000;
const dayMs = 86_400_000;
const minuteMs = 60_000;
const start = Date.UTC(2025, 0, 1);

/** Two years of a busy shop, at all hours, in no order: what a cache of the last day alone would not help. */
function purchases(): Purchase[] {
  return Array.from({ length: purchaseCount }, (_, index) => {
    const spread = (index * 7_919) % purchaseCount;
    return {
      amountMinor: 100 + ((index * 104_729) % 80_000),
      excludedMinor: index % 5 === 0 ? 300 : 0,
      wallMs: start + ((spread * 5_256) % (730 * 1_440)) * minuteMs,
      timeZone: 'Europe/Paris',
      card: { balance: spread, lastVisitMs: start - (spread % 900) * dayMs, firstVisit: index % 50 === 0 },
      birthday: index % 3 === 0 ? `${String(1 + (index % 12)).padStart(2, '0')}-15` : null,
      birthdayBonusYear: null,
    };
  });
}

/** Purchases computed per second on one core, under a programme with every rule in it. */
export const ruleEngine: Bench = {
  ids: ['rule-engine'],
  async rows() {
    const all = purchases();
    const rates = Array.from({ length: 7 }, () => perSecond(all)).sort((a, b) => a - b);
    const note = `purchases a second on one core, every kind of rule in the programme, over two years; median of ${rates.length} runs`;
    const value = rates[rates.length >> 1]!;
    return [row({ id: 'rule-engine', value, unit: '/s', goal: { valueAtLeast: 200_000 }, note })];
  },
};

function perSecond(all: readonly Purchase[]): number {
  const begun = performance.now();
  let points = 0;
  for (const purchase of all) points += purchasePoints(programme, purchase).points;
  const seconds = (performance.now() - begun) / 1000;
  if (points === 0) throw new Error('nothing was earned');
  return all.length / seconds;
}
