import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { Forbidden, NotFound } from '../../core/errors.js';
import { allOf, sql } from '../../core/sql.js';
import { customerScope } from '../customers/customers.scope.js';

const PurchaseRow = z.object({
  id: z.string(),
  customer_id: z.string(),
  customer_name: z.string(),
  customer_no: z.string(),
  purchase_no: z.string().nullable(),
  purchased_on: z.string(),
  item: z.string().nullable(),
  quantity: z.number(),
  /** Decimal text; negative for a refund. */
  amount: z.string(),
  staff_id: z.string().nullable(),
  staff_name: z.string().nullable(),
  branch_id: z.string().nullable(),
  branch_name: z.string().nullable(),
  remark: z.string().nullable(),
  version: z.number(),
  can_edit: z.boolean(),
});

export type PurchaseRow = z.infer<typeof PurchaseRow>;

/**
 * One purchase with its customer.
 * @throws NotFound when there is none, or its customer lies outside the viewer's scope or in the recycle bin.
 */
export async function findPurchase({ deps, viewer }: ViewerContext, id: string): Promise<PurchaseRow> {
  const [purchase] = await deps.database.preparedRows(
    sql`
    SELECT purchases.id::text, customers.id::text AS customer_id, customers.name AS customer_name, customers.customer_no,
           purchase_no, purchased_on, item, quantity, amount, staff_id::text, staff.name AS staff_name,
           purchases.branch_id::text, branches.name AS branch_name, purchases.remark, purchases.version,
           coalesce(${customerScope(viewer, 'purchases:edit')}, FALSE) AS can_edit
    FROM purchases
    JOIN customers ON customers.id = purchases.customer_id
    LEFT JOIN users AS staff ON staff.id = purchases.staff_id
    LEFT JOIN branches ON branches.id = purchases.branch_id
    WHERE purchases.id = ${id}::uuid AND ${allOf([customerScope(viewer), sql`customers.deleted_at IS NULL`])}`,
    PurchaseRow,
  );
  if (!purchase) throw new NotFound('no such purchase in scope');
  return purchase;
}

/** The same for whoever wants to change it. @throws NotFound, Forbidden */
export async function findEditablePurchase(context: ViewerContext, id: string): Promise<PurchaseRow> {
  const purchase = await findPurchase(context, id);
  if (!purchase.can_edit) throw new Forbidden('purchases:edit');
  return purchase;
}
