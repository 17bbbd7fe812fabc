import { z } from 'zod';
import type { Context } from '../../core/context.js';
import { sql } from '../../core/sql.js';
import { defaultLateRules, LateRules, lateRulesKey } from './late-rules.js';

export interface SavedLateRules {
  readonly rules: LateRules;
  /** 0 while the rules were never saved. */
  readonly version: number;
}

const Saved = z.object({ rules: LateRules, version: z.number() });

/** The rules of late visits; the defaults while nobody saved any. */
export async function readLateRules({ deps }: Pick<Context, 'deps'>): Promise<SavedLateRules> {
  const [saved] = await deps.database.preparedRows(
    sql`SELECT value AS rules, version FROM settings WHERE key = ${lateRulesKey}`,
    Saved,
  );
  return saved ?? { rules: defaultLateRules, version: 0 };
}
