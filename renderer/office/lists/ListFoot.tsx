import type { Page } from './useList.ts';
import { useShopWords } from './words.ts';

type Props = { page: Page<unknown>; more: () => void; loadingMore: boolean };

/** How much of a list is shown, and the rest of it. */
export function ListFoot({ page, more, loadingMore }: Props) {
  const { t, say } = useShopWords();
  return (
    <div className="foot-line p-4">
      <span className="t2">{say(t.lists.shown, { shown: page.rows.length, total: page.count })}</span>
      {page.next ? (
        <button type="button" className="btn small" onClick={more} aria-disabled={loadingMore || undefined}>
          <span>{loadingMore ? t.lists.loading : t.lists.more}</span>
        </button>
      ) : null}
    </div>
  );
}
