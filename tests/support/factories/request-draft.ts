import type { Dependencies } from '../../../src/core/context.js';
import { unitOfWork } from '../../../src/core/unit-of-work.js';
import type { EntryKind } from '../../../src/modules/service-requests/request.js';
import { factoryActor } from './sequence.js';

export interface DraftOptions {
  readonly requestId: string;
  readonly userId: string;
  readonly body: string;
  readonly kind?: EntryKind;
}

/** Words that somebody has typed on a request and not sent. */
export async function createDraft(
  deps: Dependencies,
  { kind = 'reply', ...draft }: DraftOptions,
): Promise<void> {
  await unitOfWork({ deps, actor: factoryActor }, 'factory.created', (tx) =>
    tx.requestDraft.create({ data: { kind, ...draft, updatedAt: deps.now() } }),
  );
}
