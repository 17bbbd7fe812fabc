import { v7 as newId } from 'uuid';
import type { Dependencies } from '../../../src/core/context.js';
import { unitOfWork } from '../../../src/core/unit-of-work.js';
import type { RelationKind } from '../../../src/modules/request-links/relation-kind.js';
import { factoryActor } from './sequence.js';

export interface RelationOptions {
  readonly fromId: string;
  readonly toId: string;
  readonly kind?: RelationKind;
}

/** A link of two requests. */
export async function createRelation(deps: Dependencies, options: RelationOptions): Promise<string> {
  const id = newId();
  await unitOfWork({ deps, actor: factoryActor }, 'factory.created', (tx) =>
    tx.requestRelation.create({ data: { kind: 'related', ...options, id }, select: { id: true } }),
  );
  return id;
}
