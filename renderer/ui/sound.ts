import type { Memory } from './language.ts';

/** What the ear gets for each verdict: shape, word and colour say the same. */
const notes = {
  /** Two rising notes. */
  go: [
    [660, 0],
    [990, 0.13],
  ],
  /** Two equal notes. */
  warn: [
    [520, 0],
    [520, 0.18],
  ],
  /** Three low notes. */
  stop: [
    [196, 0],
    [196, 0.16],
    [165, 0.32],
  ],
} as const satisfies Record<string, readonly (readonly [hertz: number, atSeconds: number])[]>;

const memoryKey = 'comptoir.muted';
const noteSeconds = 0.12;
const loudness = 0.12;

export type Sound = { play(tone: keyof typeof notes): void; muted(): boolean; mute(muted: boolean): void };

/**
 * A small voice that can be turned off. A browser without sound, or one that has not been touched yet, stays silent.
 * @param makeContext makes the audio context at the first note: browsers allow it only after a person acted
 */
export function createSound(memory: Memory, makeContext: () => AudioContext): Sound {
  let context: AudioContext | null = null;
  let muted = memory.getItem(memoryKey) === 'yes';
  const note = (audio: AudioContext, hertz: number, atSeconds: number) => {
    const start = audio.currentTime + atSeconds;
    const oscillator = audio.createOscillator();
    const gain = audio.createGain();
    oscillator.frequency.value = hertz;
    gain.gain.setValueAtTime(loudness, start);
    gain.gain.exponentialRampToValueAtTime(0.001, start + noteSeconds);
    oscillator.connect(gain).connect(audio.destination);
    oscillator.start(start);
    oscillator.stop(start + noteSeconds);
  };
  return {
    play(tone) {
      if (muted) return;
      context ??= makeContext();
      for (const [hertz, atSeconds] of notes[tone]) note(context, hertz, atSeconds);
    },
    muted: () => muted,
    mute(value) {
      muted = value;
      memory.setItem(memoryKey, value ? 'yes' : 'no');
    },
  };
}
