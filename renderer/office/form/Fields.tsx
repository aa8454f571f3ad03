import { Fragment, type ReactNode } from 'react';
import { currencies } from '#contract/money/index.ts';
import { type Fault, useFields } from './faults.ts';
import { useFormWords } from './words.ts';

/** The way to a rule as an element's id: where a fault says it is. */
export const idOf = (rule: string): string => `rule-${rule.replaceAll('.', '-')}`;

type InputProps = {
  rule: string;
  label: string;
  value: string;
  onChange: (value: string) => void;
  kind?: 'number' | 'amount' | 'date' | 'time';
};

const widths = { number: 'short', amount: 'middle', date: 'date', time: 'time' } as const;

/** One field inside a sentence. Its label is heard; the sentence is what the eye reads. */
export function InlineInput({ rule, label, value, onChange, kind = 'number' }: InputProps) {
  const { faults } = useFields();
  const wrong = faults.some((fault) => fault.rule === rule);
  const typed = kind === 'date' || kind === 'time';
  return (
    <input
      id={idOf(rule)}
      className={`input inline ${widths[kind]}`}
      type={typed ? kind : 'text'}
      inputMode={kind === 'number' ? 'numeric' : kind === 'amount' ? 'decimal' : undefined}
      autoComplete="off"
      maxLength={typed ? undefined : 16}
      aria-label={label}
      aria-invalid={wrong || undefined}
      aria-describedby={wrong ? `${idOf(rule)}-fault` : undefined}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

type SentenceProps = { text: string; fields: Record<string, ReactNode>; count?: number; rules: readonly string[] };

/** A sentence of the form: each `{name}` that is a field becomes it, the rest is filled as any sentence; its faults stand under it. */
export function Sentence({ text, fields, count = 0, rules }: SentenceProps) {
  const { currency } = useFields();
  const { say } = useFormWords();
  // The two words of `F CFA` stay on one line.
  const facts = { unit: currencies[currency].symbol.replaceAll(' ', '\u00a0'), count };
  // The words around a field keep their blanks, which filling would trim.
  const parts = text.split(/\{(\w+)\}/).map((part, index) => {
    const field = index % 2 === 1 ? (fields[part] ?? facts[part as keyof typeof facts]) : undefined;
    return {
      at: `${index} ${part}`,
      shown: field ?? part.replace(/\{[^}]*\}/g, (placeholder) => say(placeholder, facts)),
    };
  });
  return (
    <div className="said">
      <p className="sentence">
        {parts.map(({ at, shown }) => (
          <Fragment key={at}>{shown}</Fragment>
        ))}
      </p>
      <Faults rules={rules} />
    </div>
  );
}

/** What is wrong with these rules, in words, beside them. */
export function Faults({ rules }: { rules: readonly string[] }) {
  const { faults } = useFields();
  const mine = faults.filter(({ rule }) => rules.includes(rule));
  return mine.map((fault) => (
    <p key={`${fault.rule} ${fault.why}`} id={`${idOf(fault.rule)}-fault`} className="fault" data-fault={fault.why}>
      <FaultText fault={fault} />
    </p>
  ));
}

export function FaultText({ fault }: { fault: Fault }) {
  const { currency } = useFields();
  const { t, say } = useFormWords();
  return say(t.faults[fault.why], { currency, ...fault.facts });
}
