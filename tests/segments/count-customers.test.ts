import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  countCustomers,
  type CountPatience,
  type CustomerCount,
} from '../../src/modules/segments/count-customers.queries.js';
import type { SegmentGroup } from '../../src/modules/segments/rules.js';
import { segmentCatalogue } from '../../src/modules/segments/segment-catalogue.js';
import { administratorContext } from '../admin/viewer-context.js';
import { createContactPoint } from '../support/factories/contact-point.js';
import { createCustomer } from '../support/factories/customer.js';
import { createUser } from '../support/factories/user.js';
import { startTestProduct, type TestProduct } from '../support/product.js';

let product: TestProduct;
let count: (rules: SegmentGroup, patience?: CountPatience) => Promise<CustomerCount | undefined>;

beforeAll(async () => {
  product = await startTestProduct();
  const context = administratorContext(product, await createUser(product.deps));
  count = (rules, patience) => countCustomers(context, rules, segmentCatalogue([]), patience);
  for (let index = 0; index < 15; index += 1)
    await createCustomer(product.deps, { name: `C${index}`, city: index < 12 ? 'Suzhou' : 'Wuxi' });
});
afterAll(() => product.close());

const inCity = (city: string): SegmentGroup => ({
  match: 'all',
  rules: [{ field: 'city', operator: 'contains', values: [city] }],
});
const onlySample = { exact: 0, sample: 10_000 };

describe('R1.13 counting while rules are filled in', () => {
  test('is exact where there is time', async () => {
    expect(await count(inCity('Suzhou'))).toMatchObject({ matching: 12, total: 15, precision: 'exact' });
  });

  test('goes by a sample where the exact count takes too long; too few hits only say "fewer than"', async () => {
    const about = await count(inCity('Suzhou'), onlySample);
    expect(about).toMatchObject({ matching: 12, total: 15, precision: 'about' });
    expect(about?.examples).toHaveLength(5);
    expect(await count(inCity('Wuxi'), onlySample)).toMatchObject({ matching: 10, precision: 'below' });
  });

  test('says nothing where the sample takes too long as well', async () => {
    expect(await count(inCity('Suzhou'), { exact: 0, sample: 0 })).toBeUndefined();
  });
});

test('R1.13 a further phone or e-mail address counts as having one', async () => {
  const { id: customerId } = await createCustomer(product.deps, { name: 'By points' });
  const having = async (field: string): Promise<number | undefined> =>
    (await count({ match: 'all', rules: [{ field, operator: 'isYes', values: [] }] }))?.matching;
  expect([await having('hasPhone'), await having('hasEmail')]).toEqual([0, 0]);
  await createContactPoint(product.deps, { customerId });
  expect([await having('hasPhone'), await having('hasEmail')]).toEqual([1, 0]);
  await createContactPoint(product.deps, { customerId, kind: 'email', value: 'a@example.com' });
  expect([await having('hasPhone'), await having('hasEmail')]).toEqual([1, 1]);
});
