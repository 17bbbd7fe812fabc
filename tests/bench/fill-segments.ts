import { v7 as newId } from 'uuid';
import type { Transaction } from '../../src/core/database.js';
import type { SegmentGroup } from '../../src/modules/segments/rules.js';
import { storedRules } from '../../src/modules/segments/stored-rules.js';

interface BenchSegment {
  readonly name: string;
  readonly rules: SegmentGroup;
}

/** One over the rollups, one over ten million purchases. */
const segments: readonly BenchSegment[] = [
  {
    name: '久未到店的高消费客户',
    rules: {
      match: 'all',
      rules: [
        { field: 'totalAmount', operator: 'atLeast', values: ['1000.00'] },
        { field: 'lastPurchaseOn', operator: 'moreThanDaysAgo', values: ['90'] },
        { match: 'none', rules: [{ field: 'nextFollowUpOn', operator: 'isFilled', values: [] }] },
      ],
    },
  },
  {
    name: '一年内买过护理',
    rules: { match: 'all', rules: [{ field: 'boughtWithin', operator: 'bought', values: ['365', '护理'] }] },
  },
];

/** Segments whose members nobody has looked for yet. */
export async function fillSegments(tx: Transaction, createdById: string): Promise<void> {
  await tx.segment.createMany({
    data: segments.map(({ name, rules }) => ({
      ...{ id: newId(), name, createdById },
      rules: storedRules(rules),
    })),
  });
}
