import fc from 'fast-check';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { joinSql, sql } from '../../src/core/sql.js';
import { unitOfWork } from '../../src/core/unit-of-work.js';
import { spellName } from '../../src/modules/customers/customer-name.js';
import { customerMatches } from '../../src/modules/customers/customer-search.js';
import { insertRows } from '../../src/modules/demo/insert-rows.js';
import { factoryActor } from '../support/factories/sequence.js';
import { startTestProduct, type TestProduct } from '../support/product.js';
import { anyReadName, initialsOf, isFoundBy, readingOf, type ReadName } from './naive-spelling.js';

const namesOfARun = 300;
const textsOfARun = 200;

let product: TestProduct;
beforeAll(async () => {
  product = await startTestProduct();
});
afterAll(() => product.close());

/** Stores the names as customers by one statement. @returns their ids in order. */
async function store(names: readonly ReadName[]): Promise<string[]> {
  const rows = names.map(({ name }) => {
    const id = newId();
    const spelling = spellName(name);
    const spelled = { name_pinyin: spelling.pinyin, name_initials: spelling.initials };
    return { id, name, ...spelled, customer_no: `9${id}`, version: 1, updated_at: '2026-01-01T00:00:00Z' };
  });
  await unitOfWork({ deps: product.deps, actor: factoryActor }, 'factory.created', (tx) =>
    insertRows(tx, 'customers', rows),
  );
  return rows.map(({ id }) => id);
}

/** Which of these customers each text finds, in one statement; in the order of the texts. */
async function search(
  texts: readonly string[],
  ids: readonly string[],
): Promise<readonly (readonly string[])[]> {
  const searches = texts.map(
    (text, place) => sql`
      SELECT ${place}::integer AS place, array_agg(customers.id::text) AS ids FROM customers
      WHERE customers.id = ANY(${[...ids]}::uuid[]) AND ${customerMatches(product.deps.cipher, text)}`,
  );
  const found = await product.deps.database.rows(
    sql`${joinSql(searches, ' UNION ALL ')} ORDER BY place`,
    z.object({ ids: z.array(z.string()).nullable() }),
  );
  return found.map((row) => row.ids ?? []);
}

/** A stretch of a text, given by two shares of its length. */
function stretch(text: string, from: number, to: number): string {
  const start = Math.floor(Math.min(from, to) * text.length);
  return text.slice(start, Math.ceil(Math.max(from, to) * text.length));
}

const share = fc.double({ min: 0, max: 1, noNaN: true });

/** What people type: a reading, initials, the beginning of either, a part, or letters that go together by chance. */
const anyText = fc
  .tuple(anyReadName, share, share, fc.integer({ min: 0, max: 5 }))
  .map(([read, from, to, way]) => {
    const [reading, initials] = [readingOf(read), initialsOf(read)];
    const texts = [
      reading,
      initials,
      stretch(reading, 0, to),
      stretch(initials, 0, to),
      stretch(reading, from, to),
    ];
    return texts[way] ?? Array.from(reading).reverse().join('');
  })
  .filter((text) => text !== '');

test('R1.5 letters find exactly the customers whose name is read so', async () => {
  const property = fc.asyncProperty(fc.integer(), async (seed) => {
    const names = fc.sample(anyReadName, { seed, numRuns: namesOfARun });
    const texts = fc.sample(anyText, { seed, numRuns: textsOfARun });
    const ids = await store(names);
    const found = await search(texts, ids);
    const wrong = texts.flatMap((text, place) => {
      const hits = new Set(found[place]);
      return names
        .filter((read, index) => hits.has(ids[index] ?? '') !== isFoundBy(read, text))
        .map(({ name }) => `${text}: ${name}`);
    });
    expect(wrong).toEqual([]);
  });
  await fc.assert(property, { numRuns: 6, endOnFailure: true });
}, 60_000);
