import { expect, test } from 'vitest';
import { inUndoOrder, type OrderedTable } from '../../../src/core/undo/undo-order.js';

const table = (name: string, refersTo: string[], isOnlyInserted = true): OrderedTable => ({
  ...{ table: name, refersTo, isOnlyInserted },
});
const order = (...tables: OrderedTable[]) => inUndoOrder(tables).map((each) => each.table);

test('R1.12 new rows go after all that may refer to them, whatever was changed last', () => {
  const [requests, complaints] = [table('requests', ['categories']), table('complaints', ['requests'])];
  const categories = table('categories', []);
  expect(order(requests, complaints, categories)).toEqual(['complaints', 'requests', 'categories']);
  expect(order(categories, requests)).toEqual(['requests', 'categories']);
});

test('R1.12 deleted rows come back in the order in which they went, what they hung on first', () => {
  const [customers, contacts] = [table('customers', [], false), table('contacts', ['customers'], false)];
  expect(order(customers, contacts)).toEqual(['customers', 'contacts']);
});

test('R1.12 tables that refer to themselves or to each other end as well', () => {
  expect(order(table('a', ['b', 'a']), table('b', ['a']))).toEqual(['a', 'b']);
});
