/** `14/03`, `14/3/1987`, `14.03.87`? No: a year has four digits. Null for what is no day. */
export function readBirthday(text: string): { ok: true; value: string | null } | { ok: false } {
  if (text.trim() === '') return { ok: true, value: null };
  const [, day, month, year] = /^(\d{1,2})[\s/.-]+(\d{1,2})(?:[\s/.-]+(\d{4}))?$/.exec(text.trim()) ?? [];
  // Without a year it may be the 29th of February.
  const date = new Date(Date.UTC(Number(year ?? 2000), Number(month) - 1, Number(day)));
  if (date.getUTCMonth() !== Number(month) - 1 || date.getUTCDate() !== Number(day)) return { ok: false };
  const monthAndDay = `${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`;
  return { ok: true, value: year ? `${year}-${monthAndDay}` : monthAndDay };
}

/** As a person writes it. */
export function birthdayText(birthday: string | null): string {
  const [, year, month, day] = /^(?:(\d{4})-)?(\d{2})-(\d{2})$/.exec(birthday ?? '') ?? [];
  return month ? [day, month, ...(year ? [year] : [])].join('/') : '';
}
