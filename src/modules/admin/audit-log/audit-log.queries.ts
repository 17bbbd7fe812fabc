import { validate as isUuid } from 'uuid';
import { z } from 'zod';
import type { ViewerContext } from '../../../core/context.js';
import { NotFound } from '../../../core/errors.js';
import { listPage, type ListResult } from '../../../core/lists/list.js';
import type { ListOrder } from '../../../core/lists/page-statement.js';
import { allOf, rawSql, sql, type Sql } from '../../../core/sql.js';
import { auditPeriod } from '../filters.js';
import { roleName } from '../role-names.js';
import type { Image } from './audit-difference.js';
import { customColumnPrefix, isReference } from './audit-labels.js';
import { withRulesInWords } from './audit-rules.queries.js';
import { settingReferences } from './audit-settings.js';
import { auditOperations, type AuditLogQuery } from './audit-log.schemas.js';
import type { Names } from './audit-values.js';

export const defaultAuditLogOrder: ListOrder<'at'> = { name: 'at', descending: true };

const AnImage = z.record(z.string(), z.unknown()).nullable();

const AuditRow = z.object({
  at: z.date(),
  actor_id: z.string().nullable(),
  actor_name: z.string(),
  acting_for_id: z.string().nullable(),
  action: z.string(),
  table_name: z.string().nullable(),
  record_id: z.string().nullable(),
  operation: z.enum(auditOperations),
  before: AnImage,
  after: AnImage,
  request_id: z.string().nullable(),
  address: z.string().nullable(),
});

export type AuditRow = z.infer<typeof AuditRow>;

const columns = sql`at, actor_id::text, actor_name, acting_for_id::text, action, table_name, record_id, operation,
  before, after, request_id, address`;

/** One page of the audit log. The order of ids is that of the moments, but for the length of a transaction. */
export function listAuditLog({ deps }: ViewerContext, query: AuditLogQuery): Promise<ListResult<AuditRow>> {
  return listPage(deps.database, {
    select: columns,
    from: sql`audit_log`,
    id: sql`audit_log.id`,
    idType: 'bigint',
    where: conditions(query),
    isUnfiltered: conditions(query).length === 0,
    sort: { expression: sql`audit_log.id`, type: 'bigint' },
    descending: (query.sort ?? defaultAuditLogOrder).descending,
    cursor: query.after,
    row: AuditRow,
  });
}

/** A row of the log together with the names of what it refers to. */
export type NamedAuditRow = AuditRow & { readonly names: Names };

/** All rows of the list, in its order, in batches; the names of each batch are read in one statement. */
export async function* streamAuditLog(
  context: ViewerContext,
  query: AuditLogQuery,
): AsyncGenerator<NamedAuditRow[]> {
  const direction = rawSql((query.sort ?? defaultAuditLogOrder).descending ? 'DESC' : 'ASC');
  const batches = context.deps.database.stream(
    sql`SELECT ${columns} FROM audit_log WHERE ${allOf(conditions(query))} ORDER BY audit_log.id ${direction}`,
    AuditRow,
  );
  for await (const rows of batches) {
    const names = await findNames(context, rows);
    yield (await withRulesInWords(context, rows)).map((row) => ({ ...row, names }));
  }
}

function conditions(query: AuditLogQuery): Sql[] {
  const found = auditPeriod(query);
  if (query.person) found.push(sql`audit_log.actor_id = ${query.person}::uuid`);
  if (query.table) found.push(sql`audit_log.table_name = ${query.table}`);
  if (query.record) found.push(sql`audit_log.record_id = ${query.record}`);
  if (query.action) found.push(sql`audit_log.action = ${query.action}`);
  if (query.operation) found.push(sql`audit_log.operation = ${query.operation}`);
  if (query.request) found.push(sql`audit_log.request_id = ${query.request}`);
  if (query.q) found.push(recordMatches(query.q));
  return found;
}

/** The history of the customer with this number, or of the user with this name. */
const recordMatches = (text: string): Sql => sql`(
  (audit_log.table_name = 'customers'
    AND audit_log.record_id = (SELECT id::text FROM customers WHERE customer_no = upper(${text})))
  OR (audit_log.table_name = 'users'
    AND audit_log.record_id = (SELECT id::text FROM users WHERE username = lower(${text}))))`;

/**
 * One row of the audit log.
 * @throws NotFound
 */
export async function findAuditRow({ deps }: ViewerContext, id: string): Promise<AuditRow> {
  const [row] = await deps.database.rows(
    sql`SELECT ${columns} FROM audit_log WHERE id = ${id}::bigint`,
    AuditRow,
  );
  if (!row) throw new NotFound('no such row of the audit log');
  return row;
}

const Named = z.object({ id: z.string(), name: z.string(), shippedKey: z.string().nullable() });

/**
 * Names of all records that rows of the log, or a filter, refer to, and of all custom fields, in one statement. Records
 * that are gone have none.
 */
export async function findNames(
  { deps, t }: ViewerContext,
  rows: readonly AuditRow[],
  recordId: string | null = null,
): Promise<Names> {
  const ids = [...new Set([...rows.flatMap(referredIds), ...(recordId ? [recordId] : [])])];
  if (ids.length === 0) return new Map();
  const found = await deps.database.preparedRows(
    sql`
    WITH wanted AS MATERIALIZED (SELECT unnest(${ids}::uuid[]) AS id)
    SELECT id::text, name, shipped_key AS "shippedKey" FROM roles WHERE id IN (TABLE wanted)
    UNION ALL SELECT id::text, name, NULL FROM users WHERE id IN (TABLE wanted)
    UNION ALL SELECT id::text, name, NULL FROM teams WHERE id IN (TABLE wanted)
    UNION ALL SELECT id::text, name, NULL FROM branches WHERE id IN (TABLE wanted)
    UNION ALL SELECT id::text, name, NULL FROM tags WHERE id IN (TABLE wanted)
    UNION ALL SELECT id::text, name, NULL FROM skills WHERE id IN (TABLE wanted)
    UNION ALL SELECT id::text, name, NULL FROM canned_answers WHERE id IN (TABLE wanted)
    UNION ALL SELECT id::text, title, NULL FROM articles WHERE id IN (TABLE wanted)
    UNION ALL SELECT id::text, name, NULL FROM tiers WHERE id IN (TABLE wanted)
    UNION ALL SELECT id::text, name, NULL FROM request_types WHERE id IN (TABLE wanted)
    UNION ALL SELECT id::text, name, NULL FROM request_categories WHERE id IN (TABLE wanted)
    UNION ALL SELECT id::text, name, NULL FROM request_states WHERE id IN (TABLE wanted)
    UNION ALL SELECT id::text, name, NULL FROM classification_rules WHERE id IN (TABLE wanted)
    UNION ALL SELECT id::text, name, NULL FROM complaint_causes WHERE id IN (TABLE wanted)
    UNION ALL SELECT id::text, name, NULL FROM segments WHERE id IN (TABLE wanted)
    UNION ALL SELECT id::text, name, NULL FROM served_thing_kinds WHERE id IN (TABLE wanted)
    UNION ALL SELECT id::text, name, NULL FROM served_things WHERE id IN (TABLE wanted)
    UNION ALL SELECT ${customColumnPrefix} || key, label, NULL FROM custom_fields
    UNION ALL SELECT id::text, customer_no || CASE WHEN erased_at IS NULL THEN ' ' || name ELSE '' END, NULL FROM customers WHERE id IN (TABLE wanted)`,
    Named,
  );
  return new Map(found.map((record) => [record.id, roleName(t, record)]));
}

const isId = (value: unknown): value is string => typeof value === 'string' && isUuid(value);

function referredIds(row: AuditRow): string[] {
  const inImage = (image: Image | null): unknown[] =>
    Object.entries(image ?? {}).flatMap(([column, value]) =>
      isReference(column) ? [value].flat() : column === 'value' ? settingReferences(value) : [],
    );
  return [row.record_id, row.acting_for_id, ...inImage(row.before), ...inImage(row.after)].filter(isId);
}
