import { expect, it } from 'vitest';
import { handClock, scriptedPcsc } from '../simulators/scripted-pcsc.ts';
import type { Answer, PcscLibrary, SeenReader, WatchedReader } from './library.ts';
import type { Sighting } from './reader-states.ts';
import { startWatch } from './watch.ts';

const PLUG_AND_PLAY = '\\\\?PnP?\\Notification';
const EMPTY = 0x10;
const GONE = 0x0c;
const TIMEOUT = 0x8010000a;
const UNKNOWN_READER = 0x80100009;
const INVALID_HANDLE = 0x80100003;

/** A machine whose readers are plugged by hand; `answer` ends the look that waits. */
function machine(options: { plugAndPlay: boolean }) {
  const clock = handClock();
  const sightings: Sighting[] = [];
  const hands = { readers: [] as string[], answer: (_: Answer<SeenReader[]>) => {}, watched: [] as string[] };
  const getStatusChange: PcscLibrary['getStatusChange'] = (_context, timeoutMs, readers: WatchedReader[]) => {
    hands.watched = readers.map(({ name }) => name);
    if (timeoutMs === 0) {
      const known: Answer<SeenReader[]> = { ok: false, error: options.plugAndPlay ? TIMEOUT : UNKNOWN_READER };
      return Promise.resolve(known);
    }
    return new Promise((resolve) => {
      hands.answer = resolve;
    });
  };
  const { library, log } = scriptedPcsc({
    getStatusChange,
    listReaders: async () => ({ ok: true, value: [...hands.readers] }),
  });
  const watch = startWatch({
    library: async () => ({ ok: true, value: library }),
    clock,
    onSighting: (sighting) => sightings.push(sighting),
  });
  const see = async (...events: [string, number][]) => {
    hands.answer({ ok: true, value: events.map(([name, event]) => ({ name, event })) });
    await clock.advance(0);
  };
  return { clock, sightings, hands, log, watch, see };
}

it('uses a reader that is plugged in, and the same one under another number when it was unplugged', async () => {
  const { clock, sightings, hands, see } = machine({ plugAndPlay: true });
  await clock.advance(0);
  expect(hands.watched).toEqual([PLUG_AND_PLAY]);

  hands.readers = ['X 00 00'];
  await see([PLUG_AND_PLAY, 0x1_0002]);
  expect(hands.watched).toEqual([PLUG_AND_PLAY, 'X 00 00']);
  await see([PLUG_AND_PLAY, 0x1_0000], ['X 00 00', EMPTY]);

  hands.readers = [];
  await see([PLUG_AND_PLAY, 0], ['X 00 00', GONE]);
  await clock.advance(100);
  hands.readers = ['X 01 00'];
  await see([PLUG_AND_PLAY, 0x1_0002]);
  await see([PLUG_AND_PLAY, 0x1_0000], ['X 01 00', EMPTY]);
  expect(sightings).toEqual([
    { kind: 'absent', detail: 'NoReader' },
    { kind: 'reader', name: 'X 00 00', event: EMPTY },
    { kind: 'absent', detail: 'ReaderLost' },
    { kind: 'absent', detail: 'NoReader' },
    { kind: 'reader', name: 'X 01 00', event: EMPTY },
  ]);
});

it('looks at the list of readers every second where the system announces none', async () => {
  const { clock, hands } = machine({ plugAndPlay: false });
  await clock.advance(0);
  hands.readers = ['X 00 00'];
  await clock.advance(1_000);
  expect(hands.watched).toEqual(['X 00 00']);
});

it('rebuilds a context that has become invalid', async () => {
  const { clock, sightings, hands, log } = machine({ plugAndPlay: true });
  await clock.advance(0);
  hands.answer({ ok: false, error: INVALID_HANDLE });
  await clock.advance(100);
  expect(sightings).toContainEqual({ kind: 'service-down', detail: 'SCARD_E_INVALID_HANDLE' });
  expect(log.filter((call) => call.endsWith('Context'))).toEqual([
    'establishContext',
    'releaseContext',
    'establishContext',
  ]);
});

it('waits longer and longer for a service that stays away, two seconds at most', async () => {
  const clock = handClock();
  let tries = 0;
  const { library } = scriptedPcsc({
    establishContext: async () => {
      tries++;
      return { ok: false, error: 0x8010001d };
    },
  });
  startWatch({ library: async () => ({ ok: true, value: library }), clock, onSighting: () => {} });
  await clock.advance(3_000);
  expect(tries).toBe(5);
  await clock.advance(20_000);
  expect(tries).toBe(15);
});

it('says that the service is silent when a call does not come back', async () => {
  const { clock, sightings } = machine({ plugAndPlay: true });
  await clock.advance(2_000);
  expect(sightings).toContainEqual({ kind: 'service-down', detail: 'ServiceSilent' });
});

it('cancels the look that waits when it is stopped', async () => {
  const { clock, hands, log, watch } = machine({ plugAndPlay: true });
  await clock.advance(0);
  const stopped = watch.stop();
  hands.answer({ ok: false, error: 0x80100002 });
  await stopped;
  expect(log.slice(-2)).toEqual(['cancel', 'releaseContext']);
});
