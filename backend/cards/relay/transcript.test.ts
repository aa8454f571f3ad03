import { expect, it } from 'vitest';
import { Desfire } from '#native/cards/desfire.ts';
import { prepareBlank } from '#native/cards/issue-card.ts';
import { transportTo } from '#native/simulators/card-maker.ts';
import { VirtualDesfire } from '#native/simulators/desfire/virtual-desfire.ts';
import { predictableBytes } from '#native/simulators/predictable-bytes.ts';
import { type RecordedCard, replay } from './transcript.ts';

const uid = Uint8Array.of(4, 1, 2, 3, 4, 5, 6);
const master = (fill: number) => new Uint8Array(16).fill(fill);
const network = { piccMasterKey: master(1), defaultMasterKey: master(2), networkMasterKey: master(3) };
const prepare = ({ transport, randomBytes }: RecordedCard) =>
  prepareBlank(new Desfire(transport, randomBytes), uid, network);

/** Lets the card answer each command until the work ends. */
async function relay(card: VirtualDesfire, seed: Uint8Array) {
  const answers: Uint8Array[] = [];
  const commands: string[] = [];
  const reader = transportTo(card);
  for (let step = 0; step < 50; step++) {
    const run = await replay(seed, answers, prepare);
    if ('end' in run) return { end: run.end, commands, answers };
    commands.push(Buffer.from(run.next).toString('hex'));
    const answer = await reader.transmit(run.next);
    if (!answer.ok) throw new Error('the card was lost');
    answers.push(answer.value);
  }
  throw new Error('no end');
}

const blank = () => {
  const card = new VirtualDesfire({ uid, randomBytes: predictableBytes() });
  card.powerOn();
  return card;
};

it('[T4] does card work one command at a time, beginning anew before each', async () => {
  const card = blank();
  const { end, commands } = await relay(card, master(9));
  expect(end).toEqual({ ok: true, value: undefined });
  expect(commands.length).toBeGreaterThan(5);
  const own = new Desfire(transportTo(card), predictableBytes());
  expect(await own.authenticateLegacy(0, new Uint8Array(16))).toMatchObject({ ok: false });
});

it('asks the same of the same answers, and draws other random numbers where one answer differs', async () => {
  const { commands, answers } = await relay(blank(), master(9));
  const nextAfter = async (given: readonly Uint8Array[], seed = master(9)) => {
    const run = await replay(seed, given, prepare);
    return 'next' in run ? Buffer.from(run.next).toString('hex') : 'end';
  };
  for (const [step, command] of commands.entries()) {
    expect(await nextAfter(answers.slice(0, step))).toBe(command);
  }
  const challenged = commands.findIndex((command) => command.startsWith('90af'));
  const other = answers
    .slice(0, challenged)
    .with(challenged - 1, Uint8Array.of(...master(7).subarray(0, 8), 0x91, 0xaf));
  expect(await nextAfter(other)).not.toBe(commands[challenged]);
  expect(await nextAfter(answers.slice(0, challenged), master(8))).not.toBe(commands[challenged]);
});

it('draws every random number anew within one run', async () => {
  const drawn: string[] = [];
  await replay(master(1), [], async ({ randomBytes }) => {
    for (let time = 0; time < 4; time++) drawn.push(Buffer.from(randomBytes(16)).toString('hex'));
  });
  expect(new Set(drawn).size).toBe(4);
});
