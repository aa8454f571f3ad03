import { useRef } from 'react';
import { maxProgrammeFileLength, type Programme, programmeToFile } from '#contract/loyalty/programme.ts';
import { useProgrammeWords } from './words.ts';

type Props = { programme: Programme; onText: ((text: string) => void) | null; onTooLarge: () => void };

/** The rules as a file to keep or to give to another shop, and back. */
export function FileButtons({ programme, onText, onTooLarge }: Props) {
  const { t } = useProgrammeWords();
  const picker = useRef<HTMLInputElement>(null);
  const keep = () => {
    const url = URL.createObjectURL(new Blob([programmeToFile(programme)], { type: 'application/json' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = `${programme.id}.json`;
    link.click();
    URL.revokeObjectURL(url);
  };
  const read = async (file: File | undefined) => {
    if (!file || !onText) return;
    if (file.size > maxProgrammeFileLength) return onTooLarge();
    onText(await file.text());
  };
  return (
    <>
      <button type="button" className="btn small" onClick={keep}>
        <span>{t.file.export}</span>
      </button>
      {onText ? (
        <>
          <button type="button" className="btn small" onClick={() => picker.current?.click()}>
            <span>{t.file.import}</span>
          </button>
          <input
            ref={picker}
            type="file"
            accept="application/json,.json"
            hidden
            onChange={({ target }) => {
              void read(target.files?.[0]);
              // The same file, corrected, may be chosen again.
              target.value = '';
            }}
          />
        </>
      ) : null}
    </>
  );
}
