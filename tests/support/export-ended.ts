import { expect, vi } from 'vitest';
import { z } from 'zod';
import type { TestProduct } from './product.js';

const waitMillis = 5_000;

/** How an export ended is written down after its last byte was sent: waits until that of the user's last one is. */
export async function exportEnded(product: TestProduct, userId: string): Promise<void> {
  await vi.waitFor(
    async () => {
      const [last] = await product.query(
        z.object({ action: z.string() }),
        `SELECT action FROM audit_log WHERE table_name = 'exports' AND actor_id = $1 ORDER BY id DESC LIMIT 1`,
        [userId],
      );
      expect(last?.action).toMatch(/^exports\.(finished|aborted)$/);
    },
    { timeout: waitMillis },
  );
}
