/** Letters that are printed beside the sign-in page: L switches the language, M the sound, S opens the simulator, T leads into training. */
const taken = ['J', 'L', 'M', 'S', 'T'];

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
