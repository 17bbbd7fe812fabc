import { v7 as newId } from 'uuid';
import type { Dependencies } from '../../../src/core/context.js';
import { unitOfWork } from '../../../src/core/unit-of-work.js';
import type {
  RuleConditions,
  RuleOutcome,
} from '../../../src/modules/classification-rules/classification-rule.js';
import { factoryActor, nextNumber } from './sequence.js';

export interface ClassificationRuleOptions {
  readonly name?: string;
  readonly conditions?: Partial<RuleConditions>;
  readonly outcome?: Partial<RuleOutcome>;
  readonly archivedAt?: Date;
}

/** A rule, after those there are; without a condition it asks for the word `refund`. Returns its id. */
export async function createClassificationRule(
  deps: Dependencies,
  { name, conditions = { words: ['refund'] }, outcome, ...options }: ClassificationRuleOptions = {},
): Promise<string> {
  const number = nextNumber();
  const data = {
    id: newId(),
    name: name ?? `Rule ${number}`,
    position: number,
    conditions: { words: [], channels: [], tierIds: [], typeIds: [], ...conditions },
    outcome: { typeId: null, categoryId: null, priority: null, teamId: null, ...outcome },
    ...options,
  };
  await unitOfWork({ deps, actor: factoryActor }, 'factory.created', (tx) =>
    tx.classificationRule.create({ data, select: { id: true } }),
  );
  return data.id;
}
