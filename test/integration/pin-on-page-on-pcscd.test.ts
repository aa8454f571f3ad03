import { beforeAll, describe, expect, it } from 'vitest';
import { inPcscNamespace, type ScenarioOutcome } from '#test/harness/pcscd.ts';

const scenarioWithinMs = 180_000;

// One walk, reported step by step; each test reads its own steps.
let walk: ScenarioOutcome;
beforeAll(async () => {
  const script = new URL('./pin-on-page-on-pcscd-scenario.ts', import.meta.url);
  walk = await inPcscNamespace(script, [], { timeoutMs: scenarioWithinMs });
}, scenarioWithinMs + 10_000);

const step = (name: string): Record<string, unknown> =>
  walk.lines.find((line) => line.step === name) ?? { missing: name, exitCode: walk.exitCode, stderr: walk.stderr };

describe('a PIN changed on its holder’s page, on a real pcscd', () => {
  it('[T5] [T31] opens the card with neither PIN at a till without a link that has heard of it', () => {
    expect(step('changed')).toMatchObject({ shops: 1, behind: [true] });
    expect(step('old PIN, no link')).toMatchObject({ status: 3, type: 'PinBehind' });
    expect(step('new PIN, no link')).toMatchObject({ status: 3, type: 'PinBehind' });
  });

  it('[T5] [T31] is taken over by the card in the tap of the first spending with a link', () => {
    expect(step('new PIN, linked')).toMatchObject({ status: 0, points: -100, exchanges: 6, behind: [false] });
  });

  it('[T5] is the one that the card itself asks for from then on', () => {
    expect(step('old PIN, no link again')).toMatchObject({ status: 3, type: 'PinWrong' });
    expect(step('new PIN, no link again')).toMatchObject({ status: 0, points: -100, exchanges: 11, card: 'applied' });
    expect(step('verify')).toMatchObject({ faults: [] });
    expect(walk.exitCode).toBe(0);
  });
});
