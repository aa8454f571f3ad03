/**
 * Picks the reader to use among those that exist.
 * A reader that is plugged in again may come back under another number ("… 01 00" for "… 00 00", slot last, in pcsc-lite;
 * "… 1" for "… 0" in Windows), so a wanted name matches exactly, else by everything but that number.
 * Without a wanted name the first reader is taken, one that holds a security module only if there is no other.
 */
export function chooseReader(names: readonly string[], wanted?: string): string | undefined {
  if (wanted === undefined) return names.find((name) => !/\bSAM\b/i.test(name)) ?? names[0];
  return names.find((name) => name === wanted) ?? names.find((name) => stem(name) === stem(wanted));
}

function stem(name: string): string {
  const pcscLite = /^(.*) [0-9A-F]{2} ([0-9A-F]{2})$/.exec(name);
  if (pcscLite) return `${pcscLite[1]} * ${pcscLite[2]}`;
  return name.replace(/ \d+$/, ' *');
}
