import type { PrintState } from '#contract/till/loyalty.ts';
import { Icon, type IconName } from '#renderer/ui/icons.tsx';
import { useWords } from '../useTill.ts';

const looks: Record<PrintState, { icon: IconName; tone: string }> = {
  printing: { icon: 'clock', tone: 't2' },
  confirmed: { icon: 'ok', tone: 'go' },
  failed: { icon: 'stop', tone: 'stop' },
  unknown: { icon: 'warn', tone: 'warn' },
  sent: { icon: 'ok', tone: 't2' },
  'no-printer': { icon: 'absent', tone: 't2' },
  emailed: { icon: 'ok', tone: 't2' },
};

/** What became of the ticket, in one shape and one word. */
export function PrintTag({ print }: { print: PrintState }) {
  const { t } = useWords();
  return (
    <span className={`tag ${looks[print].tone}`} data-print={print}>
      <Icon name={looks[print].icon} />
      {t.print[print]}
    </span>
  );
}
