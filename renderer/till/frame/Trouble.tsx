import type { TillError } from '#contract/till/errors.ts';
import { Icon } from '#renderer/ui/icons.tsx';
import { describeError } from '#resources/locales/describe.ts';
import { useWords } from '../useTill.ts';

type Props = {
  /** Null: nothing is wrong, and nothing is shown. */
  error: TillError | null;
  tone?: 'stop' | 'warn';
  role?: 'status' | 'alert';
  /** Says what it means for money and card too, where the page around does not. */
  withState?: boolean;
};

/** What went wrong beside what the page is about, and what to do: a ticket that did not come out, a code refused. */
export function Trouble({ error, tone = 'stop', role = 'status', withState = false }: Props) {
  const { language } = useWords();
  if (!error) return null;
  const { title, state, remedy } = describeError(language, error);
  return (
    <div className={tone === 'warn' ? 'err warn' : 'err'} role={role} data-error={error.type}>
      <Icon name={tone} />
      <div>
        <b>{title}</b>
        <p>{withState ? `${state} ${remedy}` : remedy}</p>
      </div>
    </div>
  );
}
