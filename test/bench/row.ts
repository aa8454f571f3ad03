/** One figure, beside what it is measured against in the same run. */
export interface BenchRow {
  id: string;
  value: number;
  unit: string;
  /** What the value is compared with, in the same unit; null where nothing is. */
  reference: number | null;
  /** value / reference. */
  ratio: number | null;
  /** The goal in words; null where the figure is for information. */
  goal: string | null;
  met: boolean | null;
  /** What the two figures are, and what else a reader must know. */
  note: string;
}

export interface Bench {
  /** The ids of its rows, so that one can be asked for without running the others. */
  ids: readonly string[];
  rows: () => Promise<BenchRow[]>;
}

type Goal =
  | { ratioAtMost: number }
  | { ratioAtLeast: number }
  | { valueAtMost: number }
  | { valueAtLeast: number }
  | null;
type Facts = { id: string; value: number; unit: string; reference?: number; goal: Goal; note: string };

/** Works out the ratio and whether the goal is met; figures keep four significant digits. */
export function row({ id, value, unit, reference, goal, note }: Facts): BenchRow {
  const ratio = reference === undefined ? null : value / reference;
  return {
    id,
    value: rounded(value),
    unit,
    reference: reference === undefined ? null : rounded(reference),
    ratio: ratio === null ? null : rounded(ratio),
    ...judged(value, ratio, unit, goal),
    note,
  };
}

function judged(value: number, ratio: number | null, unit: string, goal: Goal): Pick<BenchRow, 'goal' | 'met'> {
  if (goal === null) return { goal: null, met: null };
  if ('valueAtMost' in goal) return { goal: `<= ${goal.valueAtMost} ${unit}`, met: value <= goal.valueAtMost };
  if ('valueAtLeast' in goal) return { goal: `>= ${goal.valueAtLeast} ${unit}`, met: value >= goal.valueAtLeast };
  if (ratio === null) throw new Error('a ratio is asked for and there is no reference');
  if ('ratioAtMost' in goal) return { goal: `<= ${goal.ratioAtMost} x`, met: ratio <= goal.ratioAtMost };
  return { goal: `>= ${goal.ratioAtLeast} x`, met: ratio >= goal.ratioAtLeast };
}

function rounded(figure: number): number {
  return Number(figure.toPrecision(4));
}
