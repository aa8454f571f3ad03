import type { Programme } from '#contract/loyalty/programme.ts';
import { changesBetween } from './changes.ts';
import { useProgrammeWords } from './words.ts';

/** What is different under the later rules, a sentence each. */
export function ChangeList({ before, after }: { before: Programme; after: Programme }) {
  const { t, say, language } = useProgrammeWords();
  const changes = changesBetween(before, after, language, t).map(({ what, facts }) => say(t.changes[what], facts));
  if (changes.length === 0) return <p>{t.versions.nothing}</p>;
  return (
    <ul className="changes">
      {changes.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}
