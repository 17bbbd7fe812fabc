import type { Transaction } from '../../../core/database.js';
import { rawSql, sql } from '../../../core/sql.js';

/** A purchase to be stored; the names are those of the columns. */
export interface NewPurchase {
  readonly id: string;
  readonly customer_id: string;
  readonly purchased_on: string;
  readonly item: string | null;
  readonly quantity: string;
  readonly amount: string;
  readonly staff_id: string | null;
  readonly branch_id: string | null;
  readonly remark: string | null;
}

const columns = rawSql('id, customer_id, purchased_on, item, quantity, amount, staff_id, branch_id, remark');

/** Stores purchases in one statement. */
export async function createPurchases(tx: Transaction, purchases: readonly NewPurchase[]): Promise<void> {
  if (purchases.length === 0) return;
  await tx.$executeRaw(sql`
    INSERT INTO purchases (${columns})
    SELECT ${columns} FROM jsonb_populate_recordset(NULL::purchases, ${JSON.stringify(purchases)}::jsonb)`);
}
