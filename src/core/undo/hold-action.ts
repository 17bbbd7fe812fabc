import { z } from 'zod';
import type { Transaction } from '../database.js';

/** False once an action was taken back; until the end of the transaction nobody can begin to take it back. */
export async function holdAction(tx: Transaction, actionId: string): Promise<boolean> {
  const rows = z.array(z.unknown()).parse(
    await tx.$queryRaw`
        SELECT 1 FROM undoable_actions WHERE id = ${actionId}::uuid AND undone_at IS NULL FOR NO KEY UPDATE`,
  );
  return rows.length > 0;
}
