import { z } from 'zod';
import type { Transaction } from '../../core/database.js';
import { allOf, rawSql, sql, type Sql } from '../../core/sql.js';

/**
 * What becomes of the rows that refer to a customer who is merged into another one.
 * `moves`: they refer to the one that stays. Of two rows that a unique key would not let stand side by side, that of
 * the other customer goes; undoing brings it back. `recounted`: triggers or the merge keep them. `stays`: they tell of
 * the other customer as it was.
 */
export type RelationRule = 'moves' | 'recounted' | 'stays';

/** By table and column; a test holds the list against the foreign keys of the database. */
export const relationRules: Readonly<Record<string, RelationRule>> = {
  'purchases.customer_id': 'moves',
  'contact_records.customer_id': 'moves',
  'follow_ups.customer_id': 'moves',
  'customer_tags.customer_id': 'moves',
  'customer_contact_points.customer_id': 'moves',
  'attachments.customer_id': 'moves',
  'customer_contacts.customer_id': 'moves',
  'served_things.customer_id': 'moves',
  'service_requests.customer_id': 'moves',
  'recurring_requests.customer_id': 'moves',
  'surveys.customer_id': 'moves',
  'personal_links.customer_id': 'moves',
  'customers.merged_into_id': 'moves',
  'customer_purchase_totals.customer_id': 'recounted',
  'customer_activities.customer_id': 'recounted',
  'segment_members.customer_id': 'recounted',
  'pool_claims.customer_id': 'stays',
  'duplicate_pairs.first_id': 'stays',
  'duplicate_pairs.second_id': 'stays',
};

const RelationRow = z.object({
  table: z.string(),
  column: z.string(),
  unique_keys: z.array(z.array(z.string())),
});

/** A column that refers to customers or requests. Names are quoted where they must be. */
export interface Relation {
  readonly table: string;
  readonly column: string;
  /** The other columns of each unique key that the column belongs to. */
  readonly uniqueKeys: readonly (readonly string[])[];
}

type Reader = Pick<Transaction, '$queryRaw'>;

/** All columns that refer to customers, or to requests, as the database knows them at this moment. */
export async function readRelations(
  reader: Reader,
  target: 'customers' | 'service_requests' = 'customers',
): Promise<Relation[]> {
  const rows = await reader.$queryRaw`
    SELECT conrelid::regclass::text AS table, quote_ident(referring.attname) AS column,
           coalesce((
             SELECT json_agg(ARRAY(
                      SELECT quote_ident(attname)::text FROM pg_attribute
                      WHERE attrelid = indrelid AND attnum = ANY ((indkey::int2[])[0:indnkeyatts - 1]) AND attnum <> referring.attnum
                      ORDER BY attnum) ORDER BY indexrelid)
             FROM pg_index
             WHERE indrelid = conrelid AND indisunique AND indpred IS NULL AND indexprs IS NULL
               AND referring.attnum = ANY ((indkey::int2[])[0:indnkeyatts - 1])), '[]') AS unique_keys
    FROM pg_constraint JOIN pg_attribute AS referring ON referring.attrelid = conrelid AND referring.attnum = conkey[1]
    WHERE contype = 'f' AND confrelid = ${target}::regclass AND conparentid = 0
    ORDER BY 1, 2`;
  return RelationRow.array()
    .parse(rows)
    .map(({ table, column, unique_keys: uniqueKeys }) => ({ table, column, uniqueKeys }));
}

/** Those whose rows move. A table that the list does not know moves too: nothing may hang on a record that is gone. */
export const movingRelations = (
  relations: readonly Relation[],
  rules: Readonly<Record<string, RelationRule>> = relationRules,
): Relation[] =>
  relations.filter(({ table, column }) => (rules[`${table}.${column}`] ?? 'moves') === 'moves');

/** Lets the rows of one record refer to another one of its kind; returns how many now do. */
export async function moveRows(
  tx: Transaction,
  { table, column, uniqueKeys }: Relation,
  from: string,
  to: string,
): Promise<number> {
  const rows = rawSql(table);
  const reference = rawSql(column);
  for (const key of uniqueKeys) {
    await tx.$executeRaw(sql`
      DELETE FROM ${rows} AS going
      WHERE going.${reference} = ${from}::uuid
        AND EXISTS (SELECT FROM ${rows} AS staying WHERE staying.${reference} = ${to}::uuid AND ${sameKey(key)})`);
  }
  return tx.$executeRaw(
    sql`UPDATE ${rows} SET ${reference} = ${to}::uuid WHERE ${reference} = ${from}::uuid`,
  );
}

const sameKey = (columns: readonly string[]): Sql =>
  allOf(columns.map((column) => sql`staying.${rawSql(column)} = going.${rawSql(column)}`));
