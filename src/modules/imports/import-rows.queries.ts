import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { listPage, type ListResult } from '../../core/lists/list.js';
import type { ListOrder } from '../../core/lists/page-statement.js';
import { sql, type Sql } from '../../core/sql.js';
import { customerScope } from '../customers/customers.scope.js';
import { requestScope } from '../service-requests/service-requests.scope.js';
import type { ImportRowsQuery, RowFilter } from './imports.schemas.js';
import { outcomes, StoredRemarks } from './row-report.js';

const ImportRow = z.object({
  row_no: z.number(),
  outcome: z.enum(outcomes),
  problems: StoredRemarks,
  is_duplicate: z.boolean(),
  customer_id: z.string().nullable(),
  customer_no: z.string().nullable(),
  customer_name: z.string().nullable(),
  request_id: z.string().nullable(),
  request_no: z.string().nullable(),
});

export type ImportRow = z.infer<typeof ImportRow>;

export const defaultRowOrder: ListOrder<'row'> = { name: 'row', descending: false };

/** What became of the rows of an import, one page; customers outside the viewer's scope are not named. */
export function listImportRows(
  context: ViewerContext,
  importId: string,
  query: ImportRowsQuery,
): Promise<ListResult<ImportRow>> {
  const where = [
    sql`import_rows.import_id = ${importId}::uuid`,
    ...filterCondition(query.outcome ?? 'problem'),
  ];
  if (query.q) where.push(sql`import_rows.row_no = ${rowNumber(query.q)}`);
  return listPage(context.deps.database, {
    select: sql`import_rows.row_no, import_rows.outcome, import_rows.problems, import_rows.is_duplicate,
      customers.id::text AS customer_id, customers.customer_no, customers.name AS customer_name,
      CASE WHEN service_requests.deleted_at IS NULL AND ${requestScope(context.viewer)}
        THEN service_requests.id::text END AS request_id, service_requests.request_no`,
    from: sql`import_rows
      LEFT JOIN purchases ON purchases.id = import_rows.record_id
      LEFT JOIN service_requests ON service_requests.id = import_rows.record_id
      LEFT JOIN customers ON customers.id = coalesce(purchases.customer_id, service_requests.customer_id, import_rows.record_id)
        AND customers.deleted_at IS NULL AND ${customerScope(context.viewer)}`,
    countFrom: sql`import_rows`,
    id: sql`import_rows.row_no`,
    idType: 'bigint',
    where,
    sort: { expression: sql`import_rows.row_no`, type: 'integer' },
    descending: (query.sort ?? defaultRowOrder).descending,
    cursor: query.after,
    row: ImportRow,
  });
}

function filterCondition(filter: RowFilter): Sql[] {
  switch (filter) {
    case 'all':
      return [];
    case 'problem':
      return [sql`(import_rows.outcome = 'rejected' OR import_rows.is_duplicate)`];
    case 'duplicate':
      return [sql`import_rows.is_duplicate`];
    default:
      return [sql`import_rows.outcome = ${filter}`];
  }
}

/** What is typed as a row number; other text is no row. */
const rowNumber = (text: string): number => (/^\d{1,7}$/.test(text) ? Number(text) : 0);
