import type { ReactNode } from 'react';

const shapes = {
  card: (
    <>
      <rect x="2.5" y="5" width="19" height="14" rx="2.5" />
      <path d="M2.5 10h19M6 15h4" />
    </>
  ),
  tap: (
    <>
      <rect x="2.5" y="9" width="12" height="9" rx="2" />
      <path d="M2.5 12.5h12M16.5 6.5a7 7 0 0 1 0 9M19.5 4a11 11 0 0 1 0 14" />
    </>
  ),
  journal: <path d="M6 2.500h8.500L19 7v14.500H6zM14 2.500V7.500h5M9 12.500h7M9 16.500h7" />,
  simulator: (
    <>
      <path d="M4 7h9M17 7h3M4 17h3M11 17h9" />
      <circle cx="15" cy="7" r="2" />
      <circle cx="9" cy="17" r="2" />
    </>
  ),
  erase: (
    <>
      <path d="M8.500 5H21v14H8.500L2.500 12z" />
      <path d="m11.500 9 6 6M17.500 9l-6 6" />
    </>
  ),
  cross: <path d="m5.500 5.500 13 13M18.500 5.500l-13 13" />,
  ok: (
    <>
      <circle cx="12" cy="12" r="9" />
      <path d="m8 12.3 2.8 2.8L16.2 9.5" />
    </>
  ),
  warn: (
    <>
      <path d="M12 3.2 22 20.5H2z" />
      <path d="M12 10v4.6M12 17.4v.1" />
    </>
  ),
  stop: (
    <>
      <path d="M8 2.8h8L21.2 8v8L16 21.2H8L2.8 16V8z" />
      <path d="m9 9 6 6M15 9l-6 6" />
    </>
  ),
  absent: (
    <>
      <circle cx="12" cy="12" r="9" strokeDasharray="3 3" />
      <path d="M8 12h8" />
    </>
  ),
  clock: (
    <>
      <circle cx="12" cy="12" r="9" />
      <path d="M12 6.500V12l3.800 2.300" />
    </>
  ),
  lock: (
    <>
      <rect x="4.5" y="10.5" width="15" height="10" rx="1.5" />
      <path d="M8 10.5V7.5a4 4 0 0 1 8 0v3M12 14.5v2.5" />
    </>
  ),
  gift: (
    <>
      <path d="M3.500 8h17v4h-17zM5 12h14v9H5zM12 8v13" />
      <path d="M12 8C8 8 6.500 3.500 9 3.200 11 3 12 6 12 8c0-2 1-5 3-4.800C17.500 3.500 16 8 12 8z" />
    </>
  ),
  sound: <path d="M4 9.500v5h3.500L12 18.500v-13L7.500 9.500zM15.500 9a4 4 0 0 1 0 6M18 6.500a8 8 0 0 1 0 11" />,
  /** A ticket with a Z: the day's end. */
  z: (
    <>
      <path d="M4 3.5h16v17l-2.7-1.8-2.6 1.8-2.7-1.8-2.7 1.8-2.6-1.8L4 20.5z" />
      <path d="M9 8h6l-6 7h6" />
    </>
  ),
  back: (
    <>
      <path d="M9 5 4 10l5 5" />
      <path d="M4.500 10H15a5 5 0 0 1 0 10H9" />
    </>
  ),
  cash: (
    <>
      <rect x="2.5" y="6" width="19" height="12" rx="2" />
      <circle cx="12" cy="12" r="2.6" />
    </>
  ),
  muted: <path d="M4 9.500v5h3.500L12 18.500v-13L7.500 9.500zM16 9.500l5 5M21 9.500l-5 5" />,
  download: <path d="M12 3.500v12M6.500 10.500 12 16l5.500-5.500M4 20.500h16" />,
} satisfies Record<string, ReactNode>;

export type IconName = keyof typeof shapes;

/** A line drawing beside a word; it never stands alone, so it is hidden from a screen reader. */
export const Icon = ({ name }: { name: IconName }) => (
  <svg className="i" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    {shapes[name]}
  </svg>
);

/** The bell of the counter. Where the product's name stands beside it, it has none of its own. */
export const Brand = ({ name }: { name?: string }) => (
  <svg viewBox="0 0 40 40" role="img" aria-label={name} aria-hidden={name === undefined}>
    <path d="M7 24a13 13 0 0 1 26 0z" fill="#F5CB45" />
    <rect x="2" y="27" width="36" height="6" rx="1.5" fill="#fff" />
    <circle cx="20" cy="8" r="2.6" fill="#fff" />
  </svg>
);
