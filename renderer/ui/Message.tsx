import { useEffect, useRef } from 'react';
import { Icon } from './icons.tsx';

type Props = { trouble: string | null; done?: string | null; takesFocus?: boolean };

/** What became of a change. What went wrong may take the focus: it is what to read next. */
export function Message({ trouble, done = null, takesFocus = false }: Props) {
  const wrong = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (takesFocus && trouble) wrong.current?.focus();
  }, [takesFocus, trouble]);
  return (
    <>
      {trouble ? (
        <p ref={wrong} className="message tag stop" role="alert" tabIndex={takesFocus ? -1 : undefined}>
          <Icon name="stop" />
          <span>{trouble}</span>
        </p>
      ) : null}
      <p className={done && !trouble ? 'message tag go' : 'spoken'} role="status">
        {done && !trouble ? (
          <>
            <Icon name="ok" />
            <span>{done}</span>
          </>
        ) : null}
      </p>
    </>
  );
}
