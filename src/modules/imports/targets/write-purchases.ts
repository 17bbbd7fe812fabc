import { v7 as newId } from 'uuid';
import type { Transaction } from '../../../core/database.js';
import { rawSql, sql } from '../../../core/sql.js';

/** A purchase to be stored; the names are those of the columns. */
export interface NewPurchaseColumns {
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

/** Stores purchases in one statement. @returns their ids, in the same order. */
export async function createPurchases(
  tx: Transaction,
  purchases: readonly NewPurchaseColumns[],
): Promise<string[]> {
  if (purchases.length === 0) return [];
  const rows = purchases.map((purchase) => ({ id: newId(), ...purchase }));
  await tx.$executeRaw(sql`
    INSERT INTO purchases (${columns})
    SELECT ${columns} FROM jsonb_populate_recordset(NULL::purchases, ${JSON.stringify(rows)}::jsonb)`);
  return rows.map(({ id }) => id);
}
