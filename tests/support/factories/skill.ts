import { v7 as newId } from 'uuid';
import type { Dependencies } from '../../../src/core/context.js';
import { unitOfWork } from '../../../src/core/unit-of-work.js';
import { factoryActor, nextNumber } from './sequence.js';

export interface SkillOptions {
  readonly name?: string;
  readonly staffIds?: readonly string[];
  readonly archivedAt?: Date;
}

/** A skill with those who have it; returns its id. */
export async function createSkill(
  deps: Dependencies,
  { staffIds = [], ...options }: SkillOptions = {},
): Promise<string> {
  const id = newId();
  await unitOfWork({ deps, actor: factoryActor }, 'factory.created', async (tx) => {
    await tx.skill.create({ data: { id, name: `Skill ${nextNumber()}`, ...options } });
    await tx.staffSkill.createMany({
      data: staffIds.map((userId) => ({ id: newId(), userId, skillId: id })),
    });
  });
  return id;
}
