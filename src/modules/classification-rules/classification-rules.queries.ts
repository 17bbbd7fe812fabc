import { z } from 'zod';
import type { ViewerContext } from '../../core/context.js';
import { NotFound } from '../../core/errors.js';
import { readRows, type RowSource } from '../../core/read-rows.js';
import { sql } from '../../core/sql.js';
import { RuleConditions, RuleOutcome } from './classification-rule.js';
import type { ClassificationRule } from './classify.js';

const StoredRule = z.object({
  id: z.string(),
  name: z.string(),
  conditions: RuleConditions,
  outcome: RuleOutcome,
  isArchived: z.boolean(),
  version: z.number(),
});

/** A rule with what its administration needs. */
export type StoredRule = z.infer<typeof StoredRule>;

const columns = sql`id::text, name, conditions, outcome, archived_at IS NOT NULL AS "isArchived", version`;

/** Every rule in its order, those out of use last. */
export const listClassificationRules = ({ deps }: ViewerContext): Promise<StoredRule[]> =>
  deps.database.rows(
    sql`SELECT ${columns} FROM classification_rules ORDER BY archived_at IS NOT NULL, position, name`,
    StoredRule,
  );

/** @throws NotFound */
export async function findClassificationRule({ deps }: ViewerContext, id: string): Promise<StoredRule> {
  const [rule] = await deps.database.rows(
    sql`SELECT ${columns} FROM classification_rules WHERE id = ${id}::uuid`,
    StoredRule,
  );
  if (!rule) throw new NotFound('no such classification rule');
  return rule;
}

const UsableRule = StoredRule.omit({ isArchived: true, version: true }).extend({
  categoryTypeId: z.string().nullable(),
});

/** The rules in use in their order, as `classify` takes them; what is gone or archived they no longer set. */
export const readClassificationRules = (source: RowSource): Promise<ClassificationRule[]> =>
  readRows(
    source,
    sql`SELECT rules.id::text, rules.name, rules.conditions, categories.type_id::text AS "categoryTypeId",
               jsonb_build_object('typeId', types.id, 'categoryId', categories.id, 'teamId', teams.id,
                                  'priority', rules.outcome->'priority') AS outcome
        FROM classification_rules AS rules
        LEFT JOIN request_types AS types ON types.id = (rules.outcome->>'typeId')::uuid AND types.archived_at IS NULL
        LEFT JOIN request_categories AS categories
          ON categories.id = (rules.outcome->>'categoryId')::uuid AND categories.archived_at IS NULL
        LEFT JOIN teams ON teams.id = (rules.outcome->>'teamId')::uuid
        WHERE rules.archived_at IS NULL ORDER BY rules.position, rules.name`,
    UsableRule,
  );
