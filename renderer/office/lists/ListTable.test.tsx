import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { type Column, ListTable } from './ListTable.tsx';

type Soap = { name: string; price: number };
const columns: Column<Soap>[] = [
  { name: 'Soap', className: 'words', sort: 'ascending', cell: ({ name }) => name },
  { name: 'Price', figure: true, cell: ({ price }) => price },
];
const table = (
  <ListTable
    caption="Soaps"
    columns={columns}
    rows={[{ name: 'Karité', price: 500 }]}
    keyOf={({ name }) => name}
    attributes={({ name }) => ({ className: 'fresh', 'data-soap': name })}
  />
);
const markup = renderToStaticMarkup(table);

it('says each column once above it and once in each of its cells, which only the narrow layout shows', () => {
  const name = (text: string) => `<span class="only-narrow" aria-hidden="true">${text}</span>`;
  expect(markup).toContain('<th scope="col" aria-sort="ascending">Soap</th><th scope="col" class="r">Price</th>');
  expect(markup).toContain(`<td class="words">${name('Soap')}<span>Karité</span></td>`);
  expect(markup).toContain(`<td class="r num">${name('Price')}<span>500</span></td>`);
});

it('marks each row as it is told', () => {
  expect(markup).toContain('<tbody><tr class="fresh" data-soap="Karité">');
});
