import { describe, expect, it } from 'vitest';
import { inPcscNamespace } from '#test/harness/pcscd.ts';

/** Plays one scenario of pcsc-scenarios.ts beside a pcscd of its own and answers what it reported. */
async function play(name: string): Promise<Record<string, unknown>> {
  const { exitCode, lines, stderr } = await inPcscNamespace(new URL('./pcsc-scenarios.ts', import.meta.url), [name]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(lines).toHaveLength(1);
  return lines[0]!;
}

const ok = (value: unknown) => ({ ok: true, value });
const err = (error: unknown) => ({ ok: false, error });
const echoed = ok('000102039000');

describe('the reader on the till PC, through the system PC/SC service', () => {
  it('[T15] sees a card laid down, exchanges with it twice without lifting it, sees it taken and counts the next', async () => {
    expect(await play('lay and take')).toEqual({
      tap: ok({ presence: 1 }),
      atr: ok('3b81800180'),
      answers: [echoed, echoed],
      forgotten: err({ type: 'NoCardInTime', timeoutMs: 300 }),
      noCard: err({ type: 'CardRemoved' }),
      anew: ok({ presence: 2 }),
      states: [
        ['ready', false, 0],
        ['ready', true, 1],
        ['ready', false, 1],
        ['ready', true, 2],
      ],
    });
  });

  it('[T15] says that the card was pulled during an exchange, and takes it again when it comes back', async () => {
    expect(await play('pull during an exchange')).toMatchObject({
      pulled: ok({ type: 'CardRemoved' }),
      after: { status: 'ready', cardPresent: false, presence: 1, detail: 'CardLost' },
      back: ok({ presence: 2 }),
      again: echoed,
    });
  });

  it('[T15] carries a wait in progress across a kill and restart of pcscd', async () => {
    expect(await play('restart during a wait')).toMatchObject({
      down: { status: 'service-down', name: '', cardPresent: false },
      wait: ok({ presence: 1 }),
      answer: echoed,
    });
  });

  it('[T15] answers an exchange that pcscd did not survive, and works with the next pcscd', async () => {
    expect(await play('restart during an exchange')).toMatchObject({
      broken: ok({ type: 'CardServiceUnavailable' }),
      wait: ok({ presence: 2 }),
      answer: echoed,
    });
  });

  it('[T15] says that the reader is away, and uses it when it is back', async () => {
    expect(await play('reader away and back')).toMatchObject({
      away: { status: 'absent', name: '', detail: 'NoReader' },
      wholeWait: err({ type: 'ReaderUnavailable', detail: 'NoReader' }),
      lent: err({ type: 'ReaderUnavailable', detail: 'NoReader' }),
      wait: ok({ presence: 1 }),
    });
  });

  it('[T15] lends the card to one borrower at a time, also after one that threw', async () => {
    expect(await play('two borrowers')).toEqual({
      results: [ok('a'), ok('b')],
      log: ['a1', 'a2', 'a3', 'b1', 'b2', 'b3'],
      thrown: 'Error: a defect',
      after: echoed,
    });
  });

  it('[T15] gives up within bounds on a card that another program holds, and gets it once it is free', async () => {
    expect(await play('card held by another program')).toEqual({
      whileExclusive: err({ type: 'ReaderUnavailable', detail: 'SCARD_E_SHARING_VIOLATION' }),
      afterExclusive: echoed,
      whileInTransaction: err({ type: 'ReaderUnavailable', detail: 'CallOverdue: SCardConnect' }),
      afterTransaction: echoed,
    });
  });

  it('[T15] gives up within bounds on a pcscd that is frozen, and goes on when it thaws', async () => {
    expect(await play('silent service')).toMatchObject({
      lent: err({ type: 'ReaderUnavailable' }),
      down: { status: 'service-down', detail: 'ServiceSilent' },
      wait: ok({ presence: 2 }),
      answer: echoed,
    });
  });

  it('[T15] says that there is no PC/SC service', async () => {
    expect(await play('no service')).toMatchObject({
      state: { status: 'service-down', detail: 'SCARD_E_NO_SERVICE' },
      wait: err({ type: 'CardServiceUnavailable', detail: 'SCARD_E_NO_SERVICE' }),
      lent: err({ type: 'CardServiceUnavailable', detail: 'SCARD_E_NO_SERVICE' }),
    });
  });

  it('ends its waits and lets the process end when it is closed', async () => {
    expect(await play('close')).toEqual({
      wait: err({ type: 'Cancelled' }),
      aborted: err({ type: 'Cancelled' }),
      lent: err({ type: 'ReaderUnavailable', detail: 'Closed' }),
      exitCode: 0,
    });
  });
});
