/** Letters the sign-in page keeps for itself: L switches the language. */
const taken = ['L'];

/** A letter of its own for each name, from the name where it can be: no two people share a key. */
export function lettersFor(names: readonly string[]): string[] {
  const used = new Set(taken);
  const alphabet = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  return names.map((name) => {
    const own = [...name.normalize('NFD').toUpperCase()].filter((letter) => /[A-Z]/.test(letter));
    const letter = [...own, ...alphabet].find((candidate) => !used.has(candidate)) ?? '';
    used.add(letter);
    return letter;
  });
}
