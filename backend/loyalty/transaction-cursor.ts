import type { OfficeTransaction } from '#contract/central/index.ts';

/** The last row of a page: where the next one goes on. */
export type TransactionCursor = { wallTime: string; terminal: string; epoch: number; seq: number };

const form = /^(\d{1,15})_([0-9a-f-]{36})_(\d{1,9})_(\d{1,15})$/;

export const cursorOf = ({ wallTime, terminal, epoch, seq }: OfficeTransaction): string =>
  `${Date.parse(wallTime)}_${terminal}_${epoch}_${seq}`;

/** Null for anything that this server has not written. */
export function readCursor(text: string): TransactionCursor | null {
  const [, ms, terminal, epoch, seq] = form.exec(text) ?? [];
  const time = new Date(Number(ms));
  if (!terminal || Number.isNaN(time.getTime())) return null;
  return { wallTime: time.toISOString(), terminal, epoch: Number(epoch), seq: Number(seq) };
}
