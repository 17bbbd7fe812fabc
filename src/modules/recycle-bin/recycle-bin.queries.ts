import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { listPage, listParameters, lowCountCap, type ListResult } from '../../core/lists/list.js';
import type { ListOrder, SortColumn } from '../../core/lists/page-statement.js';
import { sql } from '../../core/sql.js';
import { scopeOf } from '../../core/viewer.js';
import { customerMatches } from '../customers/customer-search.js';
import { customerScope } from '../customers/customers.scope.js';

export const recycleBinSorts = ['deletedAt', 'name'] as const;
type RecycleBinSort = (typeof recycleBinSorts)[number];

export const RecycleBinQuery = z.strictObject(listParameters(recycleBinSorts));
export type RecycleBinQuery = z.output<typeof RecycleBinQuery>;

export const defaultRecycleBinOrder: ListOrder<RecycleBinSort> = { name: 'deletedAt', descending: true };

const sortColumns: Readonly<Record<RecycleBinSort, SortColumn>> = {
  deletedAt: { expression: sql`customers.deleted_at`, type: 'timestamptz' },
  name: { expression: sql`customers.name`, type: 'text' },
};

const DeletedCustomer = z.object({
  customer_no: z.string(),
  name: z.string(),
  deleted_at: z.date(),
  deleted_by_name: z.string().nullable(),
});

export type DeletedCustomer = z.infer<typeof DeletedCustomer>;

/** One page of the deleted customers that the viewer may restore. */
export function listDeletedCustomers(
  context: ViewerContext,
  query: RecycleBinQuery,
): Promise<ListResult<DeletedCustomer>> {
  const order = query.sort ?? defaultRecycleBinOrder;
  return listPage(context.deps.database, {
    select: sql`customers.customer_no, customers.name, customers.deleted_at, deleters.name AS deleted_by_name`,
    from: sql`customers LEFT JOIN users AS deleters ON deleters.id = customers.deleted_by_id`,
    countFrom: sql`customers`,
    id: sql`customers.id`,
    where: [
      customerScope(context.viewer, 'customers:delete'),
      sql`customers.deleted_at IS NOT NULL AND customers.erased_at IS NULL`,
      ...(query.q ? [customerMatches(context.deps.cipher, query.q)] : []),
    ],
    isUnfiltered: !query.q,
    mayBeRare: scopeOf(context.viewer, 'customers:delete') === 'team',
    countCap: lowCountCap,
    sort: sortColumns[order.name],
    descending: order.descending,
    cursor: query.after,
    row: DeletedCustomer,
  });
}
