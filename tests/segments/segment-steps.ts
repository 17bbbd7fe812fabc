import { v7 as newId } from 'uuid';
import { expect } from 'vitest';
import { z } from 'zod';
import { unitOfWork } from '../../src/core/unit-of-work.js';
import type { FormFields, TestClient } from '../support/client.js';
import { factoryActor } from '../support/factories/sequence.js';
import type { TestProduct } from '../support/product.js';

/** A field, its operator, and what it compares with. */
export type TypedCondition = readonly [field: string, operator: string, ...values: string[]];

export const inSuzhou: readonly TypedCondition[] = [['city', 'contains', 'suzhou']];

/** The fields of a form with these conditions under one match. */
export function segmentForm(
  fields: FormFields,
  conditions: readonly TypedCondition[],
  match = 'all',
): FormFields {
  const rules = conditions.flatMap(([field, operator, ...values], index): [string, string | string[]][] => [
    [`rule-0-${index}-field`, field],
    [`rule-0-${index}-operator`, operator],
    ...(values.length > 0 ? [[`rule-0-${index}-value`, values] satisfies [string, string[]]] : []),
  ]);
  return {
    description: '',
    'rule-0-match': match,
    ...Object.fromEntries<string | string[]>(rules),
    ...fields,
  };
}

/** Makes a segment by the page and finds its customers; returns its id. */
export async function makeSegment(
  product: TestProduct,
  client: TestClient,
  conditions: readonly TypedCondition[],
  fields: FormFields = {},
): Promise<string> {
  const id = newId();
  const sent = segmentForm({ id, name: `Segment ${id}`, kind: 'dynamic', ...fields }, conditions);
  const response = await client.post('/segments', sent);
  expect(response.headers['location'], response.text).toBe(`/segments/${id}`);
  await product.runTasks();
  return id;
}

/** The names of everybody in a segment, in order. */
export async function membersOf(product: TestProduct, segmentId: string): Promise<string[]> {
  const rows = await product.query(
    z.object({ name: z.string() }),
    `SELECT customers.name FROM segment_members JOIN customers ON customers.id = customer_id
     WHERE segment_id = $1 ORDER BY 1`,
    [segmentId],
  );
  return rows.map(({ name }) => name);
}

/** Neither segments nor customers. */
export const removeEverything = ({ deps }: TestProduct): Promise<void> =>
  unitOfWork({ deps, actor: factoryActor }, 'factory.removed', async (tx) => {
    await tx.segment.deleteMany();
    await tx.purchase.deleteMany();
    await tx.customer.deleteMany();
  });
