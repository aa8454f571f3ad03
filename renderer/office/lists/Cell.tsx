import type { ReactNode } from 'react';

/** A figure with its name, which shows where the table has become blocks. */
export const Cell = ({ name, className = '', children }: { name: string; className?: string; children: ReactNode }) => (
  <td className={className}>
    <span className="only-narrow" aria-hidden="true">
      {name}
    </span>
    <span>{children}</span>
  </td>
);
