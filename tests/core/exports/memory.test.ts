import { expect, test } from 'vitest';
import { z } from 'zod';
import { childOutput } from './child-output.js';

const Measured = z.object({ rowCount: z.number(), start: z.number(), peak: z.number(), growth: z.number() });

/** Budget: at most 150 MB for a workbook of any size; what does not wait for its receiver needs twice that here. */
const mostMegabytes = 150;

test(
  'budget: a workbook of 200,000 × 15 to a slow receiver is written in constant memory',
  { timeout: 120_000 },
  async () => {
    const output = await childOutput('memory-child.ts', {});
    const measured = Measured.parse(JSON.parse(output.toString('utf8')));
    console.log(
      `workbook of ${measured.rowCount} rows: ${measured.start} MB before, ${measured.peak} MB at most, ${measured.growth} MB more`,
    );
    expect(measured.growth).toBeLessThan(mostMegabytes);
  },
);
