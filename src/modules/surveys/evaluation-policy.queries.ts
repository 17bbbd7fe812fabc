import { z } from 'zod';
import type { Context } from '../../core/context.js';
import type { Transaction } from '../../core/database.js';
import { sql } from '../../core/sql.js';
import { defaultEvaluationPolicy, EvaluationPolicy, evaluationPolicyKey } from './evaluation-policy.js';

export interface SavedEvaluationPolicy {
  readonly policy: EvaluationPolicy;
  /** 0 while it was never saved. */
  readonly version: number;
}

const Saved = z.object({ policy: EvaluationPolicy, version: z.number() });

/** How customers are asked; the defaults while nobody saved anything else. */
export async function readEvaluationPolicy({ deps }: Pick<Context, 'deps'>): Promise<SavedEvaluationPolicy> {
  const [saved] = await deps.database.preparedRows(
    sql`SELECT value AS policy, version FROM settings WHERE key = ${evaluationPolicyKey}`,
    Saved,
  );
  return saved ?? { policy: defaultEvaluationPolicy, version: 0 };
}

/** The same within a unit of work. */
export async function policyWithin(tx: Transaction): Promise<EvaluationPolicy> {
  const saved = await tx.setting.findUnique({
    where: { key: evaluationPolicyKey },
    select: { value: true },
  });
  return saved ? EvaluationPolicy.parse(saved.value) : defaultEvaluationPolicy;
}
