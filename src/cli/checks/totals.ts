import { z } from 'zod';

/** How many tests and checks passed, failed and were skipped. */
export const Totals = z.object({ passed: z.number(), failed: z.number(), skipped: z.number() });

export type Totals = z.infer<typeof Totals>;

/** The closing line, for people and for scripts: `12 passed, 0 failed`, and what was skipped when there is any. */
export function totalsLine({ passed, failed, skipped }: Totals): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
