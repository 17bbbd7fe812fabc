import { z } from 'zod';
import type { TestProduct } from '../support/product.js';

/** What the log says was done to a record, without how the factories made it. */
export async function actionsOn(product: TestProduct, id: string): Promise<string[]> {
  const rows = await product.query(
    z.object({ action: z.string() }),
    `SELECT action FROM audit_log WHERE record_id = $1 AND action <> 'factory.created' ORDER BY id`,
    [id],
  );
  return rows.map(({ action }) => action);
}
