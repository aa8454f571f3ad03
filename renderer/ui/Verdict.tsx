import type { ReactNode } from 'react';

export type VerdictTone = 'go' | 'warn' | 'stop';

const marks: Record<VerdictTone, ReactNode> = {
  go: (
    <>
      <circle cx="52" cy="52" r="46" strokeWidth="9" />
      <path d="m31 54 15 15 28-31" strokeWidth="11" strokeLinecap="square" />
    </>
  ),
  warn: (
    <>
      <path d="M52 8 101 95H3z" strokeWidth="9" strokeLinejoin="round" />
      <path d="M52 38v27" strokeWidth="11" />
      <rect x="46.5" y="73" width="11" height="11" fill="currentColor" stroke="none" />
    </>
  ),
  stop: (
    <>
      <path d="M33 6h38l27 27v38L71 98H33L6 71V33z" strokeWidth="9" strokeLinejoin="round" />
      <path d="m36 36 32 32M68 36 36 68" strokeWidth="11" strokeLinecap="square" />
    </>
  ),
};

type Props = {
  tone: VerdictTone;
  word: string;
  children?: ReactNode;
  large?: boolean;
  /** The whole announcement, where the eye gets more than the two lines say. */
  spoken?: string;
};

/**
 * What is true now, in one colour, one shape and one word. Announced once, when it appears.
 * With `spoken` the visible words are hidden from a screen reader, so that nothing is read twice.
 */
export const Verdict = ({ tone, word, children, large = false, spoken }: Props) => (
  <div className={`verdict ${tone}${large ? ' large' : ''}`} role="alert">
    <svg className="mark" viewBox="0 0 104 104" aria-hidden="true" fill="none" stroke="currentColor">
      {marks[tone]}
    </svg>
    {spoken ? <span className="spoken">{spoken}</span> : null}
    <div aria-hidden={spoken ? true : undefined}>
      <p className="word m-0">{word}</p>
      {children ? <p>{children}</p> : null}
    </div>
  </div>
);
