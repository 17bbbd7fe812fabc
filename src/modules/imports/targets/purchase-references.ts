import { z } from 'zod';
import type { Transaction } from '../../../core/database.js';
import { sql } from '../../../core/sql.js';

/** Who or what a name stands for: one, none or several. */
export type NameIndex = ReadonlyMap<string, readonly string[]>;

const NamedRow = z.object({ id: z.string(), name: z.string() });

/** People who can be named as having served a customer. */
export async function findStaff(tx: Transaction, names: readonly string[]): Promise<NameIndex> {
  if (names.length === 0) return new Map();
  return nameIndex(
    await tx.$queryRaw`
      SELECT id::text, name FROM users WHERE name = ANY(${[...names]}::text[]) AND disabled_at IS NULL`,
  );
}

export async function findBranches(tx: Transaction, names: readonly string[]): Promise<NameIndex> {
  if (names.length === 0) return new Map();
  return nameIndex(
    await tx.$queryRaw`SELECT id::text, name FROM branches WHERE name = ANY(${[...names]}::text[])`,
  );
}

/** Groups rows of ids and names. */
export function nameIndex(rows: unknown): NameIndex {
  const index = new Map<string, string[]>();
  for (const { id, name } of NamedRow.array().parse(rows)) index.set(name, [...(index.get(name) ?? []), id]);
  return index;
}

export interface PurchaseFacts {
  readonly customerId: string;
  readonly purchasedOn: string;
  readonly amount: string;
  readonly quantity: string;
  readonly item: string | undefined;
}

/** Two purchases of one customer that agree in day, amount, quantity and item count as the same. */
export const purchaseKey = (facts: PurchaseFacts): string =>
  JSON.stringify([facts.customerId, facts.purchasedOn, facts.amount, facts.quantity, facts.item ?? null]);

const StoredPurchase = z.object({
  customer_id: z.string(),
  purchased_on: z.string(),
  amount: z.string(),
  quantity: z.string(),
  item: z.string().nullable(),
});

/** The keys of purchases of these customers on these days, of those that were stored before a moment where one is given. */
export async function findStoredPurchases(
  tx: Transaction,
  customerIds: readonly string[],
  days: readonly string[],
  before: Date | null,
): Promise<ReadonlySet<string>> {
  if (customerIds.length === 0 || days.length === 0) return new Set();
  const rows = StoredPurchase.array().parse(
    await tx.$queryRaw(sql`
      SELECT customer_id::text, purchased_on::text, amount::text, quantity::text, item FROM purchases
      WHERE customer_id = ANY(${[...customerIds]}::uuid[]) AND purchased_on = ANY(${[...days]}::date[])
        AND (${before}::timestamptz IS NULL OR created_at < ${before}::timestamptz)`),
  );
  return new Set(
    rows.map(({ customer_id, purchased_on, amount, quantity, item }) =>
      purchaseKey({
        customerId: customer_id,
        purchasedOn: purchased_on,
        amount,
        quantity,
        item: item ?? undefined,
      }),
    ),
  );
}
