import type { DeclaredTest } from './test-titles.ts';

/** Every id of the mission with the titles of the tests that carry it, in the mission's order. */
export type CapabilityReport = Record<string, string[]>;

/**
 * Joins the mission's ids with the tests that name them as `[T7]`, in their own title or in a group's around them.
 *
 * @param ids every id of the mission
 * @param tests the declared tests of the whole repository
 * @returns the report, and the ids that tests name although the mission has no such line (a typing error)
 */
export function reportOf(
  ids: readonly string[],
  tests: readonly DeclaredTest[],
): { report: CapabilityReport; unknown: { id: string; title: string }[] } {
  const report: CapabilityReport = Object.fromEntries(ids.map((id) => [id, []]));
  const unknown: { id: string; title: string }[] = [];
  for (const test of tests) {
    for (const id of idsIn(test.title)) {
      const titles = report[id];
      if (titles === undefined) unknown.push({ id, title: test.title });
      else if (!titles.includes(test.title)) titles.push(test.title);
    }
  }
  return { report, unknown };
}

/** `[T7]`, `[T7, T8]` and `[T7][T8]` all name their ids. */
export function idsIn(title: string): string[] {
  const groups = title.matchAll(/\[([TEVN]\d+(?:[\s,]+[TEVN]\d+)*)\]/g);
  return [...new Set([...groups].flatMap((group) => group[1]!.split(/[\s,]+/)))];
}
