import { useEffect, useRef, useState } from 'react';
import { useOffice } from '../office.ts';
import { useShopWords } from './words.ts';

/** Something that is shown once: it takes the focus, and is easy to copy or to read aloud. */
export function Secret({ title, value, detail }: { title: string; value: string; detail: string }) {
  const { copy } = useOffice();
  const { t } = useShopWords();
  const [copied, setCopied] = useState(false);
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => head.current?.focus(), []);
  return (
    <section className="panel secret" data-secret>
      <h2 ref={head} tabIndex={-1}>
        {title}
      </h2>
      <div className="row">
        <output className="mono">{value}</output>
        <button type="button" className="btn small" onClick={() => void copy(value).then(setCopied)}>
          <span>{copied ? t.lists.copied : t.lists.copy}</span>
        </button>
      </div>
      <p className="t2">{detail}</p>
    </section>
  );
}
