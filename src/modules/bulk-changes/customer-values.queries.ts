import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { sql } from '../../core/sql.js';
import { readFormChoices } from '../customers/customer-choices.queries.js';
import type { CustomerChangeName } from './change-statement.js';

const Choice = z.object({ id: z.string(), name: z.string() });

/** What a new value can be chosen from. */
export interface CustomerValueChoices {
  readonly owners: readonly z.infer<typeof Choice>[];
  readonly branches: readonly z.infer<typeof Choice>[];
  readonly tags: readonly z.infer<typeof Choice>[];
  readonly sources: readonly string[];
}

/** Reads only what the change needs, in at most one statement. */
export async function readCustomerValueChoices(
  context: ViewerContext,
  action: CustomerChangeName,
): Promise<CustomerValueChoices> {
  const nothing: CustomerValueChoices = { owners: [], branches: [], tags: [], sources: [] };
  if (action === 'addTag' || action === 'removeTag') {
    const tags = await context.deps.database.rows(
      sql`SELECT id::text, name FROM tags ORDER BY name, id LIMIT 500`,
      Choice,
    );
    return { ...nothing, tags };
  }
  if (action === 'transfer' || action === 'branch' || action === 'source') {
    return { ...nothing, ...(await readFormChoices(context)) };
  }
  return nothing;
}
