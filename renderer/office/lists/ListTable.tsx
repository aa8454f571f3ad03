import type { ReactNode } from 'react';
import { Cell } from './Cell.tsx';

export type Column<Row> = {
  /** Stands above the column; and before each of its cells, where the table has become blocks. */
  name: string;
  cell: (row: Row) => ReactNode;
  /** Figures stand to the right. */
  figure?: boolean;
  /** Of its cells, where they are no figures. */
  className?: string;
  /** How the rows are sorted, at the column they are sorted by. */
  sort?: 'ascending' | 'descending';
};

type Props<Row> = {
  /** Spoken only. */
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
  /** What else marks a row. */
  attributes?: (row: Row) => { className?: string; [data: `data-${string}`]: string | number };
};

/** The table of a list: all that is said of a column, once. */
export function ListTable<Row>({ caption, columns, rows, keyOf, attributes }: Props<Row>) {
  return (
    <table>
      <caption className="spoken">{caption}</caption>
      <thead>
        <tr>
          {columns.map(({ name, figure, sort }, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place; its name changes with the language
            <th key={at} scope="col" className={figure ? 'r' : undefined} aria-sort={sort}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={keyOf(row)} {...attributes?.(row)}>
            {columns.map(({ name, figure, className, cell }, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place; its name changes with the language
              <Cell key={at} name={name} className={figure ? 'r num' : className}>
                {cell(row)}
              </Cell>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
