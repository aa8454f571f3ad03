import { type ReactNode, useState } from 'react';
import { Sentence } from '../form/Fields.tsx';
import { useProgrammeWords } from './words.ts';

type Props = { shown: boolean; text: string; fields: Record<'from' | 'to', ReactNode> };

/** The dates of a rule. Most have none, so they are asked for. */
export function Dates({ shown, text, fields }: Props) {
  const { t } = useProgrammeWords();
  const [asked, setAsked] = useState(false);
  if (shown || asked) return <Sentence text={text} fields={fields} rules={[]} />;
  return (
    <button type="button" className="linklike" onClick={() => setAsked(true)}>
      {t.limit}
    </button>
  );
}
