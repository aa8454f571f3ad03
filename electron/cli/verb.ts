import type { Language } from '#contract/money/index.ts';
import type { Role } from '#contract/till/state.ts';
import type { TillClient } from './door-client.ts';
import type { Outcome } from './outcome.ts';
import type { Secrets } from './secrets.ts';

export type Options = Record<string, string | boolean | undefined>;

/** What a verb is given: its words, its options, a way in, a voice for progress (standard error). */
export type Call = {
  words: string[];
  options: Options;
  dataDir: string;
  json: boolean;
  /** On the training till of the installation, where nothing counts. */
  training: boolean;
  language: Language;
  till: TillClient;
  /** The cardholder's PINs, after that of whoever acts. */
  secrets: Secrets;
  uuid: () => string;
  progress: (text: string) => void;
};

/** The same for a verb that needs no running service. */
export type AloneCall = Omit<Call, 'till' | 'secrets'> & {
  /** Electron's program, where it is on this machine. */
  electron: string | null;
};

type Described = {
  /** As typed: `sale`, `journal list`. */
  name: string;
  /** What follows the name. */
  usage: string;
  summary: Record<Language, string>;
  /** Options of its own, beside those that every verb takes. */
  options?: Record<string, { type: 'string' | 'boolean' }>;
  /** Those of its options without which it is wrong usage. */
  needs?: readonly string[];
};

/** One definition: the parser, the help and the README's table come from it. */
export type Verb = Described &
  (
    | {
        /** Who acts in a demonstration when no --staff is given; verbs that only look have none. */
        actsAs?: Role;
        run: (call: Call) => Promise<Outcome>;
      }
    | {
        /** It does the same to the training till's own files with --training; any other is of the installation alone. */
        inTraining?: true;
        alone: (call: AloneCall) => Promise<Outcome>;
      }
  );
