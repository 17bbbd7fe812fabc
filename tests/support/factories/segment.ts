import { v7 as newId } from 'uuid';
import type { Dependencies } from '../../../src/core/context.js';
import { unitOfWork } from '../../../src/core/unit-of-work.js';
import type { SegmentGroup } from '../../../src/modules/segments/rules.js';
import { storedRules } from '../../../src/modules/segments/stored-rules.js';
import { factoryActor, nextNumber } from './sequence.js';

export interface SegmentOptions {
  readonly createdById: string;
  readonly name?: string;
  readonly kind?: 'dynamic' | 'static';
  readonly rules?: SegmentGroup;
  /** Members as if they had been found. */
  readonly memberIds?: readonly string[];
}

/** A segment, by default of everybody with a name; returns its id. Nobody is found by its rules. */
export async function createSegment(deps: Dependencies, options: SegmentOptions): Promise<string> {
  const { memberIds, rules, ...columns } = options;
  const id = newId();
  const everybody: SegmentGroup = {
    match: 'all',
    rules: [{ field: 'name', operator: 'isFilled', values: [] }],
  };
  await unitOfWork({ deps, actor: factoryActor }, 'factory.created', async (tx) => {
    await tx.segment.create({
      data: { name: `Segment ${nextNumber()}`, ...columns, id, rules: storedRules(rules ?? everybody) },
    });
    if (!memberIds) return;
    await tx.segmentMember.createMany({
      data: memberIds.map((customerId) => ({ segmentId: id, customerId })),
    });
    await tx.segmentRefresh.create({
      data: { segmentId: id, memberCount: memberIds.length, durationMillis: 1 },
    });
  });
  return id;
}
