import { useState } from 'react';
import type { ListName } from '#contract/central/office-lists.ts';
import { Icon } from '#renderer/ui/icons.tsx';
import { Message } from '#renderer/ui/Message.tsx';
import { useOffice } from '../office.ts';
import { useChange } from './useList.ts';
import { useShopWords } from './words.ts';

type Props = {
  list: ListName;
  /** As the list on the page is narrowed. Empty texts are no filter. */
  filter: Partial<Record<'from' | 'to' | 'terminal' | 'search' | 'status' | 'card', string>>;
  /** Of the selection; null while it is not known. */
  count: number | null;
  /** Of a selection that is not counted: as many as are shown, and more. */
  atLeast?: number | null;
};

/** What is on the page as a file, with how many rows it will have. The browser saves it as it comes: it is never in the page's memory. */
export function ExportButtons({ list, filter, count: known, atLeast = null }: Props) {
  const { client, save } = useOffice();
  const { t, say, language, trouble: sayTrouble } = useShopWords();
  const { busy, trouble, change } = useChange();
  const [started, setStarted] = useState(false);
  const count = known ?? atLeast ?? 0;
  const nothing = count === 0;
  const ask = Object.fromEntries(
    Object.entries(filter).flatMap(([name, value]) => (value.trim() === '' ? [] : [[name, value.trim()]])),
  );
  const start = async (format: 'csv' | 'xlsx') => {
    if (busy || nothing) return;
    setStarted(false);
    const done = await change(async () =>
      save((await client.office.exportLink({ list, format, language, ...ask })).url),
    );
    setStarted(done);
  };
  const button = (format: 'csv' | 'xlsx', long: string) => (
    <button
      type="button"
      className="btn small"
      aria-disabled={busy || nothing || undefined}
      aria-label={nothing ? `${t.lists[format]}, ${t.lists.exportNothing}` : say(long, { count })}
      onClick={() => void start(format)}
    >
      <span>
        <Icon name="download" />
        {t.lists[format]}
      </span>
    </button>
  );
  return (
    <div className="export">
      <div className="row">
        <span className="t2" data-figure="export-rows">
          {nothing ? t.lists.exportNothing : say(known === null ? t.lists.exportMore : t.lists.export, { count })}
        </span>
        {button('csv', t.lists.csvLong)}
        {button('xlsx', t.lists.xlsxLong)}
      </div>
      <Message trouble={trouble && sayTrouble(trouble)} done={started ? t.lists.started : null} />
    </div>
  );
}
