import { allOf, anyOf, sql, type Sql } from '../../core/sql.js';
import { isNot, type RuleContext } from './rule-operator.js';
import { isGroup, type SegmentCondition, type SegmentGroup } from './rules.js';
import { operatorOf, type SegmentCatalogue } from './segment-catalogue.js';

/**
 * Rules as one condition over `segmentTables`, for a WHERE. It can be NULL where a value is missing, which counts as not
 * fulfilled; so what is said about "none" is the exact complement of "any". Empty groups are not saved.
 */
export function rulesCondition(group: SegmentGroup, catalogue: SegmentCatalogue, context: RuleContext): Sql {
  const parts = group.rules.map((rule) =>
    isGroup(rule) ? rulesCondition(rule, catalogue, context) : conditionSql(rule, catalogue, context),
  );
  switch (group.match) {
    case 'all':
      return allOf(parts);
    case 'any':
      return anyOf(parts);
    case 'none':
      return isNot(anyOf(parts));
  }
}

/** One condition. Nobody fulfils one whose field is gone, for instance an archived custom field. */
export function conditionSql(
  condition: SegmentCondition,
  catalogue: SegmentCatalogue,
  context: RuleContext,
): Sql {
  const field = catalogue.get(condition.field);
  const operator = operatorOf(catalogue, condition);
  if (!field || !operator) return sql`FALSE`;
  return sql`(${operator.holds(field.value(context.today, condition.values), condition.values, context)})`;
}
