type Parts = {
  target: Pick<Window, 'addEventListener'>;
  after: (delayMs: number, task: () => void) => () => void;
  /** How long without a key or a touch; null: for ever. Asked anew each time. */
  idleMs: () => number | null;
  lock: () => void;
};

/** Locks the till when nobody has touched it for a while. */
export function watchIdle({ target, after, idleMs, lock }: Parts): { settingChanged: () => void } {
  let callOff = () => {};
  const begin = () => {
    callOff();
    const waitMs = idleMs();
    if (waitMs !== null) callOff = after(waitMs, lock);
  };
  // In the capture phase: whoever uses the key up, it was one.
  for (const event of ['keydown', 'pointerdown', 'wheel']) target.addEventListener(event, begin, true);
  begin();
  return { settingChanged: begin };
}
