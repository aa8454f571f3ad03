import type { Commands } from '../engine.ts';
import { DATA_COMMANDS } from './data.ts';
import { FILE_COMMANDS } from './files.ts';
import { KEY_COMMANDS } from './keys.ts';
import { PICC_COMMANDS } from './picc.ts';

/** Every instruction the card knows, but the two authentications. */
export const COMMANDS: Commands = new Map([...PICC_COMMANDS, ...KEY_COMMANDS, ...FILE_COMMANDS, ...DATA_COMMANDS]);
