import type { ReactNode } from 'react';

type Props = { name: string; className?: string | undefined; children: ReactNode };

/** A figure with its name, which shows where the table has become blocks. */
export const Cell = ({ name, className = '', children }: Props) => (
  <td className={className}>
    <span className="only-narrow" aria-hidden="true">
      {name}
    </span>
    <span>{children}</span>
  </td>
);
