import { z } from 'zod';

/** A line of a log, in the product's one format. */
const LogLine = z.object({ level: z.string(), event: z.string() });
const quiet = ['trace', 'debug', 'info'];

/**
 * What of a program's standard error a person at a terminal is told: its own plain words, and of its log what matters.
 * @returns null for a line that only a log needs
 */
export function toldToPerson(line: string): string | null {
  if (!line.startsWith('{')) return line;
  try {
    const { level, event } = LogLine.parse(JSON.parse(line));
    return quiet.includes(level) ? null : event;
  } catch {
    return line;
  }
}
