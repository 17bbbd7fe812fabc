import type pg from 'pg';
import { z } from 'zod';
import type { RequestKind } from './bounds.js';

/**
 * Whom the benchmark signs in: manager and agent see all customers and have some of their own, the account staff sees what
 * is their team's, and the newcomer, who is in no team yet, sees nothing.
 */
export const signIns = ['manager', 'agent', 'account', 'newcomer'] as const;
export type SignIn = (typeof signIns)[number];

/** One page that is measured. */
export interface MeasuredPage {
  readonly name: string;
  readonly path: string;
  readonly kind: RequestKind;
  readonly as: SignIn;
}

/** A page that the manager asks for unless told; `query` as it stands in the address, without the question mark. */
export const measuredPage = (
  name: string,
  path: string,
  { query = '', kind = 'list', as = 'manager' }: Partial<MeasuredPage> & { readonly query?: string } = {},
): MeasuredPage => ({ name, path: query === '' ? path : `${path}?${query}`, kind, as });

/** A row of a list as the address of the page after it names it. */
export const cursorAfter = (value: string, id: string): string =>
  Buffer.from(JSON.stringify(['next', value, id])).toString('base64url');

/** The first row of a statement. @throws ZodError when it has none */
export async function firstRow<Row>(
  owner: pg.Client,
  row: z.ZodType<Row>,
  statement: string,
  values: readonly unknown[] = [],
): Promise<Row> {
  const { rows } = await owner.query(statement, [...values]);
  return row.parse(rows[0]);
}

/** The id that a statement finds. @throws ZodError when it finds none */
export const idOf = async (
  owner: pg.Client,
  statement: string,
  values?: readonly unknown[],
): Promise<string> => (await firstRow(owner, z.object({ id: z.string() }), statement, values)).id;
