import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { Conflict, InvalidInput } from '../../core/errors.js';
import { joinSql, rawSql, sql } from '../../core/sql.js';
import { customerMatches } from '../customers/customer-search.js';
import { findCustomer, type CustomerRecord } from '../customers/customers.queries.js';
import { customerScope } from '../customers/customers.scope.js';
import { movingRelations, readRelations } from './related-tables.js';

/** Two customers that the viewer may merge. */
export interface Comparison {
  readonly first: CustomerRecord;
  readonly second: CustomerRecord;
}

/**
 * Both customers of a comparison.
 * @throws NotFound when one of them lies outside the viewer's scope, Conflict when one was deleted or merged,
 * InvalidInput when both are the same.
 */
export async function findComparison(
  context: ViewerContext,
  firstId: string,
  secondId: string,
): Promise<Comparison> {
  if (firstId === secondId) throw InvalidInput.field('with', 'duplicates.sameRecord');
  const options = { permission: 'customers:merge', includeDeleted: true } as const;
  const [first, second] = await Promise.all([
    findCustomer(context, firstId, options),
    findCustomer(context, secondId, options),
  ]);
  if (first.deleted_at !== null || second.deleted_at !== null) throw new Conflict('duplicates.goneMeanwhile');
  return { first, second };
}

/** How many rows of a table hang on each of two customers. */
export interface RelatedCount {
  readonly table: string;
  readonly first: number;
  readonly second: number;
}

const CountRow = z.object({ table: z.string(), first: z.number(), second: z.number() });

/** What would move, by table; tables of which neither has anything are left out. */
export async function countRelated(
  context: ViewerContext,
  { first, second }: Comparison,
): Promise<RelatedCount[]> {
  const { database } = context.deps;
  const relations = movingRelations(await readRelations(database.client));
  const counts = relations.map(({ table, column }) => {
    const customer = rawSql(column);
    return sql`
      SELECT ${table}::text AS table, count(*) FILTER (WHERE ${customer} = ${first.id}::uuid)::integer AS first,
             count(*) FILTER (WHERE ${customer} = ${second.id}::uuid)::integer AS second
      FROM ${rawSql(table)} WHERE ${customer} IN (${first.id}::uuid, ${second.id}::uuid)`;
  });
  const rows = await database.rows(joinSql(counts, ' UNION ALL '), CountRow);
  return rows.filter((row) => row.first + row.second > 0);
}

const Candidate = z.object({
  id: z.string(),
  name: z.string(),
  customer_no: z.string(),
  city: z.string().nullable(),
  owner_name: z.string().nullable(),
});

export type MergeCandidate = z.infer<typeof Candidate>;

/** At most as many customers as a picker shows. */
export const mostCandidates = 20;

/** Customers that the viewer may merge with this one, by a search. */
export async function searchCandidates(
  context: ViewerContext,
  customer: CustomerRecord,
  text: string,
): Promise<MergeCandidate[]> {
  const { viewer, deps } = context;
  return deps.database.rows(
    sql`SELECT customers.id::text, customers.name, customers.customer_no, customers.city, owners.name AS owner_name
        FROM customers LEFT JOIN users AS owners ON owners.id = customers.owner_id
        WHERE ${customerScope(viewer)} AND ${customerScope(viewer, 'customers:merge')}
          AND customers.deleted_at IS NULL AND customers.id <> ${customer.id}::uuid
          AND ${customerMatches(deps.cipher, text)}
        ORDER BY customers.name, customers.id LIMIT ${mostCandidates}`,
    Candidate,
  );
}

/** The customer whose record is to be merged. @throws NotFound */
export const findMergeable = (context: ViewerContext, id: string): Promise<CustomerRecord> =>
  findCustomer(context, id, { permission: 'customers:merge' });
