import type { TillError } from '#contract/till/errors.ts';
import type { ApprovalAsked } from '#contract/till/loyalty.ts';
import { type Act, mayApprove } from '#contract/till/permissions.ts';
import { useLanguage } from '#renderer/ui/language.ts';
import { approval as english } from '#resources/locales/en/till-approval.ts';
import { approval as french } from '#resources/locales/fr/till-approval.ts';
import { WhoPage } from '../sign-in/WhoPage.tsx';
import { useTillView } from '../useTill.ts';

const words = { fr: french, en: english };

type Props = {
  act: Act;
  /** What exactly is asked for, where the page can say more than the act's name: an amount, a card. */
  detail?: string;
  /** The approval before was refused, and why. */
  error?: TillError | null;
  /** The answer is awaited. */
  checking?: boolean;
  onApproval: (approval: ApprovalAsked) => void;
  onCancel: () => void;
  /** Anything was typed since the refusal. */
  onTyped?: () => void;
};

/**
 * Somebody who holds the right allows one act on the spot, by PIN or badge. It stands in the place of the page; the person who
 * is signed in stays signed in.
 */
export function ApprovalPage({ act, detail, error = null, checking = false, onApproval, onCancel, onTyped }: Props) {
  const { language } = useLanguage();
  const t = words[language];
  const names = useTillView((view) => view.names);
  return (
    <WhoPage
      title={t.title}
      note={
        <div data-act={act}>
          <p className="lead">{t.acts[act]}</p>
          {detail ? <p className="exactly">{detail}</p> : null}
          <p className="t2">{t.who}</p>
        </div>
      }
      names={names.filter(({ role }) => mayApprove(role, act))}
      open={t.allow}
      back={{ words: t.cancel, onPress: onCancel }}
      error={error}
      checking={checking}
      onPin={(code, pin) => onApproval({ code, pin })}
      onBadge={(badge) => onApproval({ badge })}
      onTyped={onTyped ?? (() => {})}
    />
  );
}
