import { z } from 'zod';

/**
 * A line that somebody writes into the journal. Control characters and halves of a pair, as a pasted text or a scanner brings them,
 * become a space: no paper prints them, and no server's database keeps a NUL, behind which all that the till sends would wait.
 */
export const Line = z.string().transform((text) => text.replace(/[\p{Cc}\p{Cs}]+/gu, ' ').trim());

/** A few words of a person: why something was done. */
export const Note = Line.pipe(z.string().min(1).max(120));
