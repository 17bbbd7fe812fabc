import type { DemoPurchase } from '../company/purchase.js';
import { dayText } from '../days.js';
import type { DemoPart } from '../demo-part.js';
import { insertRows } from '../insert-rows.js';

/** What customers bought and gave back. The totals of each customer follow by trigger. */
export const purchasesPart: DemoPart = {
  name: 'purchases',
  async fill({ tx }, { purchases }) {
    const nextReceipt = receiptNumbers();
    const rows = purchases.map((purchase) => ({
      id: purchase.id,
      purchase_no: nextReceipt(purchase),
      customer_id: purchase.customer.id,
      purchased_on: dayText(purchase.day),
      item: purchase.item,
      quantity: purchase.quantity,
      amount: purchase.amount.toFixed(2),
      staff_id: purchase.staff.id,
      branch_id: purchase.branch.id,
      remark: purchase.remark,
      version: 1,
      created_at: purchase.createdAt.toISOString(),
      updated_at: purchase.createdAt.toISOString(),
    }));
    await insertRows(tx, 'purchases', rows);
    await tx.$executeRaw`SELECT refresh_service_rhythms()`;
  },
};

/** Counts by branch and day: the third one in Shanghai on 7 March 2026 is `SH260307-003`. */
function receiptNumbers(): (purchase: DemoPurchase) => string {
  const counts = new Map<string, number>();
  return ({ branch, day }) => {
    const series = `${branch.receiptPrefix}${dayText(day).slice(2).replaceAll('-', '')}`;
    const count = (counts.get(series) ?? 0) + 1;
    counts.set(series, count);
    return `${series}-${String(count).padStart(3, '0')}`;
  };
}
