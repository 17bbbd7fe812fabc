import { z } from 'zod';
import { auditExemptTables } from '../audit-exempt-tables.js';
import type { Transaction } from '../database.js';
import { allOf, rawSql, sql, type Sql } from '../sql.js';
import { inUndoOrder } from './undo-order.js';

type Reader = Pick<Transaction, '$queryRaw'>;

/** A table that an action changed. */
export interface ChangedTable {
  readonly name: Sql;
  readonly columns: readonly Sql[];
  readonly refersToItself: boolean;
}

const ChangedTableRow = z.object({
  name: z.string(),
  table: z.string(),
  columns: z.array(z.string()),
  isOnlyInserted: z.boolean(),
  refersTo: z.array(z.string()),
});

/**
 * Tables that the action changed, in the order in which they are taken back. Names come from the catalogue, not from the log. Columns
 * that a later version added are no part of the images (the first and the last are looked at) and stay as they are.
 */
export async function changedTables(reader: Reader, actionId: string): Promise<ChangedTable[]> {
  const rows = ChangedTableRow.array().parse(
    await reader.$queryRaw(sql`
      SELECT quote_ident(changed.table_name) AS name, changed.table_name AS table, changed.only_inserted AS "isOnlyInserted",
             ARRAY(SELECT DISTINCT referred.relname::text FROM pg_constraint JOIN pg_class AS referred ON referred.oid = confrelid
                   WHERE contype = 'f' AND conrelid = pg_class.oid) AS "refersTo",
             array_agg(quote_ident(attname)::text ORDER BY attnum) AS columns
      FROM (SELECT table_name, max(id) AS last_id, bool_and(operation = 'insert') AS only_inserted FROM audit_log
            WHERE undoable_action_id = ${actionId}::uuid AND operation <> 'event' GROUP BY table_name) AS changed
      JOIN pg_class ON pg_class.relname = changed.table_name AND pg_class.relnamespace = 'public'::regnamespace
      JOIN pg_attribute ON attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
      WHERE NOT EXISTS (
        SELECT FROM (${imageAt(actionId, sql`ASC`)} UNION ALL ${imageAt(actionId, sql`DESC`)}) AS ends
        WHERE NOT jsonb_exists(ends.before, attname))
      GROUP BY changed.table_name, last_id, only_inserted, pg_class.oid ORDER BY last_id DESC`),
  );
  return inUndoOrder(rows).map(({ name, columns, table, refersTo }) => ({
    name: rawSql(name),
    columns: columns.map((column) => rawSql(column)),
    refersToItself: refersTo.includes(table),
  }));
}

const imageAt = (actionId: string, direction: Sql): Sql => sql`
  (SELECT before FROM audit_log
   WHERE undoable_action_id = ${actionId}::uuid AND audit_log.table_name = changed.table_name AND before IS NOT NULL
   ORDER BY id ${direction} LIMIT 1)`;

const isErased = sql`bool_or(coalesce(jsonb_exists(before, 'erased') OR jsonb_exists(after, 'erased'), FALSE))`;

const changesOf = (actionId: string, table: ChangedTable): Sql => sql`
  FROM audit_log
  WHERE undoable_action_id = ${actionId}::uuid AND quote_ident(table_name) = ${table.name.text} AND operation <> 'event'
  GROUP BY record_id`;

/**
 * Net effect of the action on each row of a table: the image before its first change and after its last one. Rows of
 * erased people have no image any more.
 */
export const images = (actionId: string, table: ChangedTable): Sql => sql`
  SELECT record_id,
         (array_agg(before ORDER BY id))[1] AS before,
         (array_agg(after ORDER BY id DESC))[1] AS after
  ${changesOf(actionId, table)} HAVING NOT ${isErased}`;

/** Rows of a table that the action changed and that nothing brings back: the person they were about was erased. */
export const erasedRows = (actionId: string, table: ChangedTable): Sql =>
  sql`SELECT record_id ${changesOf(actionId, table)} HAVING ${isErased}`;

/**
 * True for rows that nothing refers to, rollups and other unaudited tables left aside: they go with their row.
 * @param exceptBy an action whose own new rows do not count as referring.
 */
export async function unreferenced(reader: Reader, table: ChangedTable, exceptBy?: string): Promise<Sql> {
  const rows = z.array(z.object({ source: z.string(), table: z.string(), column: z.string() })).parse(
    await reader.$queryRaw`
      SELECT conrelid::regclass::text AS source, relname AS table, quote_ident(attname) AS column
      FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid
      JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]
      WHERE contype = 'f' AND confrelid = ${table.name.text}::regclass AND cardinality(conkey) = 1`,
  );
  const audited = rows.filter(({ source }) => !Object.hasOwn(auditExemptTables, source));
  return allOf(
    audited.map(({ source, table: name, column }) => {
      const refers = sql`referring.${rawSql(column)} = target.id`;
      const counts = exceptBy === undefined ? refers : sql`${refers} AND ${notCreatedBy(exceptBy, name)}`;
      return sql`NOT EXISTS (SELECT FROM ${rawSql(source)} AS referring WHERE ${counts})`;
    }),
  );
}

/** Looked up row by row: the comparison of the action keeps the index of all rows of the action out of it. */
const notCreatedBy = (actionId: string, tableName: string): Sql => sql`
  NOT EXISTS (SELECT FROM audit_log
              WHERE undoable_action_id IS NOT DISTINCT FROM ${actionId}::uuid AND table_name = ${tableName}
                AND operation = 'insert' AND record_id = referring.id::text)`;

/**
 * True where all that an old row refers to is still there. References within the table are left to the database: both
 * rows may come back at once.
 */
export async function parentsPresent(reader: Reader, table: ChangedTable): Promise<Sql> {
  const rows = z.array(z.object({ column: z.string(), parent: z.string(), key: z.string() })).parse(
    await reader.$queryRaw`
      SELECT quote_ident(referring.attname) AS column, confrelid::regclass::text AS parent, quote_ident(referred.attname) AS key
      FROM pg_constraint
      JOIN pg_attribute AS referring ON referring.attrelid = conrelid AND referring.attnum = conkey[1]
      JOIN pg_attribute AS referred ON referred.attrelid = confrelid AND referred.attnum = confkey[1]
      WHERE contype = 'f' AND conrelid = ${table.name.text}::regclass AND confrelid <> conrelid AND cardinality(conkey) = 1`,
  );
  return allOf(
    rows.map(({ column, parent, key }) => {
      const reference = sql`old_row.${rawSql(column)}`;
      return sql`(${reference} IS NULL OR EXISTS (SELECT FROM ${rawSql(parent)} AS parent WHERE parent.${rawSql(key)} = ${reference}))`;
    }),
  );
}
