import { z } from 'zod';

/** A line of a structured log, as the central server writes it: pino's levels, 40 is a warning. */
const LogLine = z.object({ level: z.number().optional(), msg: z.string() });
const warning = 40;

/**
 * What of a program's standard error a person at a terminal is told: its own plain words, and of its log what matters.
 * @returns null for a line that only a log needs
 */
export function toldToPerson(line: string): string | null {
  if (!line.startsWith('{')) return line;
  try {
    const { level, msg } = LogLine.parse(JSON.parse(line));
    return level === undefined || level >= warning ? msg : null;
  } catch {
    return line;
  }
}
