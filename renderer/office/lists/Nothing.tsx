import { useShopWords } from './words.ts';

type Props = { filtered: boolean; title: string; detail: string; onClear: () => void };

/** Says what will appear here; or that nothing matches, with the way back to everything. */
export function Nothing({ filtered, title, detail, onClear }: Props) {
  const { t } = useShopWords();
  return (
    <div className="empty">
      <b>{filtered ? t.lists.emptyFiltered : title}</b>
      <p>{filtered ? t.lists.emptyFilteredDetail : detail}</p>
      {filtered ? (
        <button type="button" className="btn small" onClick={onClear}>
          <span>{t.lists.clear}</span>
        </button>
      ) : null}
    </div>
  );
}
